<?php
/** What the plugin kept goes with it. */

defined('WP_UNINSTALL_PLUGIN') || exit;

delete_option('eerste_stap');
