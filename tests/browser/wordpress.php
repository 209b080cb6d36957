<?php
/**
 * Runs the plugin on WordPress's own code, without a database: `php wordpress.php WORDPRESS PLUGIN`, settings as JSON on standard input.
 * Prints as JSON what the settings become, what stands in a visitor's page, and the settings page.
 */

[, $wordpress, $plugin] = $argv;
define('ABSPATH', "$wordpress/");
define('WPINC', 'wp-includes');
define('WP_CONTENT_DIR', "$wordpress/wp-content");
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $kind) {
    define("{$kind}_KEY", "key of $kind");
    define("{$kind}_SALT", "salt of $kind");
}
define('LOGGED_IN_COOKIE', 'logged_in');
foreach (['DAY_IN_SECONDS' => 86400, 'HOUR_IN_SECONDS' => 3600, 'MINUTE_IN_SECONDS' => 60] as $name => $seconds) {
    define($name, $seconds);
}
foreach (['compat', 'load', 'plugin', 'class-wp-error', 'class-wp-walker', 'class-wp-list-util', 'cache', 'functions', 'formatting', 'kses', 'pomo/translations', 'l10n', 'option', 'general-template', 'link-template', 'script-loader', 'theme', 'http', 'capabilities', 'user', 'class-wp-user', 'pluggable', 'meta'] as $file) {
    if (is_file(ABSPATH . WPINC . "/$file.php")) {
        require_once ABSPATH . WPINC . "/$file.php";
    }
}
require ABSPATH . 'wp-admin/includes/plugin.php';
require ABSPATH . 'wp-admin/includes/template.php';
wp_cache_init();

// What the database would hold.
function keep(array $settings): void {
    wp_cache_set('alloptions', ['blog_charset' => 'UTF-8', 'siteurl' => 'https://x.nl', 'home' => 'https://x.nl', 'eerste_stap' => $settings], 'options');
}
$_SERVER['REQUEST_URI'] = '/wp-admin/options-general.php?page=eerste-stap';
keep([]);
$wpdb = new class {
    public $prefix = 'wp_';
    public function get_blog_prefix() {
        return $this->prefix;
    }
};
add_filter('user_has_cap', fn() => ['manage_options' => true]);
$current_user = new WP_User(0);

require "$plugin/eerste-stap.php";
$kept = eerste_stap_sanitize(json_decode(stream_get_contents(STDIN), true));
keep($kept);

function printed(callable $what): string {
    ob_start();
    $what();
    return ob_get_clean();
}

eerste_stap_register();
echo json_encode([
    'kept' => $kept,
    'problems' => array_column(get_settings_errors('eerste_stap'), 'code'),
    'page' => printed('eerste_stap_script'),
    'settings' => printed('eerste_stap_page'),
]);
