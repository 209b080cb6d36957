<?php
/**
 * Plugin Name: Eerste Stap
 * Description: Zet de chat van Eerste Stap op elke pagina van deze site.
 * Version: 0.1.0
 * Requires at least: 5.7
 * Requires PHP: 7.4
 *
 * One script tag, made from the settings. Nothing of a visitor passes through WordPress.
 */

defined('ABSPATH') || exit;

const EERSTE_STAP_OPTION = 'eerste_stap';
const EERSTE_STAP_PAGE = 'eerste-stap';
const EERSTE_STAP_COUNTRIES = ['' => 'volgens de server', 'nl' => 'Nederland', 'be' => 'België'];
const EERSTE_STAP_SIDES = ['right' => 'rechts', 'left' => 'links'];

const EERSTE_STAP_DEFAULTS = ['server' => '', 'title' => '', 'color' => '', 'greeting' => '', 'side' => 'right', 'country' => '', 'exit' => ''];

/** The settings that are kept, each with what the visitor's page has when nothing is filled in. */
function eerste_stap_settings(): array {
    $kept = get_option(EERSTE_STAP_OPTION, []);
    return array_merge(EERSTE_STAP_DEFAULTS, is_array($kept) ? array_intersect_key($kept, EERSTE_STAP_DEFAULTS) : []);
}

/** What was typed into the form, made safe to keep: whatever can't be used is left out, and the page says so. */
function eerste_stap_sanitize($typed): array {
    $typed = array_map(fn($value) => is_string($value) ? trim($value) : '', array_merge(EERSTE_STAP_DEFAULTS, is_array($typed) ? $typed : []));
    $server = esc_url_raw($typed['server'], ['https', 'http']);
    $parts = wp_parse_url($server);
    $origin = empty($parts['host']) ? '' : $parts['scheme'] . '://' . $parts['host'] . (isset($parts['port']) ? ':' . $parts['port'] : '');
    if ($origin === '') {
        add_settings_error(EERSTE_STAP_OPTION, 'server', 'Vul het adres van de server in, bijvoorbeeld https://coach.example.org. Zolang dat er niet is, staat de chat niet op je site.');
    }
    $color = sanitize_hex_color($typed['color']) ?? '';
    if ($color === '' && $typed['color'] !== '') {
        add_settings_error(EERSTE_STAP_OPTION, 'color', 'De kleur is niet bewaard: schrijf haar als # met zes cijfers of letters, bijvoorbeeld #2f6f73.');
    }
    $exit = esc_url_raw($typed['exit'], ['https', 'http']);
    if ($exit === '' && $typed['exit'] !== '') {
        add_settings_error(EERSTE_STAP_OPTION, 'exit', 'De site voor Verlaat snel is niet bewaard: schrijf haar als https://www.voorbeeld.nl.');
    }
    return [
        'server' => $origin,
        'title' => sanitize_text_field($typed['title']),
        'color' => $color,
        'greeting' => sanitize_text_field($typed['greeting']),
        'side' => isset(EERSTE_STAP_SIDES[$typed['side']]) ? $typed['side'] : 'right',
        'country' => isset(EERSTE_STAP_COUNTRIES[$typed['country']]) ? $typed['country'] : '',
        'exit' => $exit,
    ];
}

/** The script tag. WordPress escapes its attributes, and adds a nonce where the site's policy asks for one. */
function eerste_stap_script(): void {
    $settings = eerste_stap_settings();
    if ($settings['server'] === '') {
        return;
    }
    $attributes = ['src' => $settings['server'] . '/widget/eerste-stap.js', 'defer' => true];
    foreach (['title', 'color', 'greeting', 'side', 'country', 'exit'] as $name) {
        if ($settings[$name] !== '') {
            $attributes["data-$name"] = $settings[$name];
        }
    }
    wp_print_script_tag($attributes);
}

function eerste_stap_text_field(array $field): void {
    printf(
        '<input class="regular-text" type="%s" id="%s" name="%s" value="%s" placeholder="%s">',
        esc_attr($field['type']),
        esc_attr($field['label_for']),
        esc_attr(EERSTE_STAP_OPTION . '[' . $field['name'] . ']'),
        esc_attr(eerste_stap_settings()[$field['name']]),
        esc_attr($field['example'])
    );
    printf('<p class="description">%s</p>', esc_html($field['help']));
}

function eerste_stap_choice_field(array $field): void {
    printf('<select id="%s" name="%s">', esc_attr($field['label_for']), esc_attr(EERSTE_STAP_OPTION . '[' . $field['name'] . ']'));
    foreach ($field['choices'] as $value => $label) {
        $chosen = selected(eerste_stap_settings()[$field['name']], $value, false);
        printf('<option value="%s"%s>%s</option>', esc_attr($value), $chosen, esc_html($label));
    }
    printf('</select><p class="description">%s</p>', esc_html($field['help']));
}

function eerste_stap_register(): void {
    register_setting(EERSTE_STAP_PAGE, EERSTE_STAP_OPTION, ['type' => 'array', 'sanitize_callback' => 'eerste_stap_sanitize']);
    add_settings_section('chat', '', '__return_null', EERSTE_STAP_PAGE);
    $texts = [
        ['server', 'Adres van de server', 'url', 'https://coach.example.org', 'Je beheerder weet dit. Deze site moet op de server in COACH_ALLOWED_ORIGINS staan.'],
        ['title', 'Naam boven de chat', 'text', 'Eerste Stap', ''],
        ['color', 'Kleur', 'text', '#2f6f73', 'De letters erop worden vanzelf wit of zwart.'],
        ['greeting', 'Regel naast de knop', 'text', 'Is er iets gebeurd tussen jullie?', 'Leeg: geen regel. Denk eraan dat een ander kan meekijken.'],
        ['exit', 'Waar Verlaat snel heen gaat', 'url', 'https://www.nu.nl', 'Een gewone site die niets verraadt.'],
    ];
    foreach ($texts as [$name, $label, $type, $example, $help]) {
        $field = ['label_for' => "eerste-stap-$name", 'name' => $name, 'type' => $type, 'example' => $example, 'help' => $help];
        add_settings_field($name, $label, 'eerste_stap_text_field', EERSTE_STAP_PAGE, 'chat', $field);
    }
    $choices = [
        ['side', 'Kant van het scherm', EERSTE_STAP_SIDES, ''],
        ['country', 'Hulplijnen van', EERSTE_STAP_COUNTRIES, 'Welke nummers de chat noemt als iemand in gevaar is.'],
    ];
    foreach ($choices as [$name, $label, $values, $help]) {
        $field = ['label_for' => "eerste-stap-$name", 'name' => $name, 'choices' => $values, 'help' => $help];
        add_settings_field($name, $label, 'eerste_stap_choice_field', EERSTE_STAP_PAGE, 'chat', $field);
    }
}

/** The page under Settings. `settings_fields` puts WordPress's nonce into the form; options.php checks it, and the right to change options. */
function eerste_stap_page(): void {
    if (!current_user_can('manage_options')) {
        return;
    }
    echo '<div class="wrap"><h1>Eerste Stap</h1><form action="options.php" method="post">';
    settings_fields(EERSTE_STAP_PAGE);
    do_settings_sections(EERSTE_STAP_PAGE);
    submit_button('Bewaar');
    echo '</form></div>';
}

function eerste_stap_menu(): void {
    add_options_page('Eerste Stap', 'Eerste Stap', 'manage_options', EERSTE_STAP_PAGE, 'eerste_stap_page');
}

add_action('wp_footer', 'eerste_stap_script');
add_action('admin_init', 'eerste_stap_register');
add_action('admin_menu', 'eerste_stap_menu');
