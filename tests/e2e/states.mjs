// The states of a failure that a person can meet.

// What fails, the fault of the lab, and the messages of the first and the second button.
export const ONE_SOURCE = [
  ['a refused key', 'invalid_api_key', 'action_open_settings_invalid_api_key', 'action_open_keys'],
  ['a missing key', 'missing_api_key', 'action_open_settings_missing_api_key', 'action_open_keys'],
  ['a key without the scope', 'key_missing_scope', 'action_open_keys', 'action_open_settings'],
  ['a disabled account', 'account_deactivated', 'action_open_support'],
  ['a closed country', 'country', 'action_open_support', 'action_check_again'],
  ['an ended session', 'session_expired', 'action_retry'],
  ['a check for bots', 'cloudflare_challenge', 'action_retry'],
  ['a model out of reach', 'model_forbidden', 'action_choose_model', 'action_open_limits'],
  ['an unknown model', 'model_not_found', 'action_choose_model', 'action_open_settings'],
  ['an unknown path', 'path_not_found', 'action_open_settings_endpoint_not_found', 'action_check_again'],
  ['a limit without a time', 'rate_limited_bare', 'action_retry', 'action_open_limits'],
  ['spent credit', 'insufficient_quota', 'action_open_billing', 'action_open_limits'],
  ['too long a text', 'context_too_long', 'action_edit', 'action_choose_model'],
  ['too large a request', 'payload_too_large', 'action_edit'],
  ['a refused content', 'content_policy', 'action_edit', 'action_choose_model'],
  ['a failing service', 'server_error', 'action_retry', 'action_open_status'],
  ['a busy model', 'overloaded', 'action_retry', 'action_choose_model'],
  ['a lost connection', 'connection_reset', 'action_retry'],
  ['no answer in time', 'never_answers', 'action_retry'],
  ['a web page as answer', 'html_reply', 'action_open_settings_unexpected_reply', 'action_retry'],
  ['a cut answer', 'stream_reset', 'action_continue', 'panel_insert'],
  ['a reached cap', 'usage_cap', 'action_schedule', 'action_choose_model'],
];

export const TWO_SOURCES = [
  ['spent credit', 'insufficient_quota', 'action_switch_to', 'action_open_billing'],
  ['a refused key', 'invalid_api_key', 'action_open_settings_invalid_api_key', 'action_open_keys'],
  ['a failing service', 'server_error', 'action_retry', 'action_switch_to'],
  ['an unknown model', 'model_not_found', 'action_choose_model', 'action_switch_to'],
  ['a reached cap', 'usage_cap', 'action_switch_to', 'action_schedule'],
];
