// What the JSON schemas of DataDog/rum-events-format (Apache-2.0) demand beyond a type, and TypeScript cannot say.
// Paths lead into the definition of the schema that the key names: `[]` is an item, `*` any property, `keys` a name.
// `title` completes the sentence "must be …" of a violation.

const uuid = {
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
  title: 'a lowercase UUID',
};
const integer = { type: 'integer', title: 'an integer' };
const count = { ...integer, minimum: 0, title: 'an integer, at least 0' };
const ordinal = { ...integer, minimum: 1, title: 'an integer, at least 1' };
const notNegative = { minimum: 0, title: 'a number, at least 0' };
const percent = { minimum: 0, maximum: 100, title: 'a number from 0 to 100' };
const share = { minimum: 0, maximum: 1, title: 'a number from 0 to 1' };
const decimal = { pattern: '^[0-9]+$', title: 'a decimal number in a string' };
const traceId = {
  pattern: '^([0-9]{1,20}|[0-9a-fA-F]{32})$',
  title: 'a decimal number of at most 20 digits or 32 hexadecimal digits, in a string',
};
const headerName = {
  pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$',
  title: 'a lowercase header name',
};

const all = (paths, constraint) =>
  Object.fromEntries(
    paths
      .trim()
      .split(/\s+/)
      .map((path) => [path, constraint]),
  );

export const constraints = {
  CommonProperties: {
    ...all('application.id session.id view.id tab.id stream.id', uuid),
    date: count,
    ...all(
      `_dd.configuration.session_sample_rate _dd.configuration.session_replay_sample_rate
       _dd.configuration.profiling_sample_rate _dd.configuration.trace_sample_rate`,
      percent,
    ),
  },
  ViewContainerSchema: { 'container.view.id': uuid },
  ActionChildProperties: { 'action.id': uuid, 'action.id[]': uuid },
  StreamSchema: {
    ...all('stream.bitrate stream.duration stream.fps stream.watch_time', notNegative),
    'stream.timestamp': count,
    'stream.completion_percent': percent,
  },
  RumTrace: { trace_id: traceId, ...all('span_id parent_span_id', decimal), rule_psr: share },
  RumGraphql: {
    error_count: count,
    ...all('errors[].locations[].line errors[].locations[].column', ordinal),
  },
  ViewProperties: {
    '_dd.document_version': ordinal,
    '_dd.page_states[].start': integer,
    ...all(
      `_dd.replay_stats.records_count _dd.replay_stats.segments_count
       _dd.replay_stats.segments_total_raw_size display.scroll.max_scroll_height_time
       view.loading_time view.network_settled_time view.interaction_to_next_view_time
       view.time_spent view.first_contentful_paint view.largest_contentful_paint
       view.first_input_delay view.first_input_time view.interaction_to_next_paint
       view.interaction_to_next_paint_time view.cumulative_layout_shift_time view.dom_complete
       view.dom_content_loaded view.dom_interactive view.load_event view.first_byte
       view.custom_timings.* view.action.count view.error.count view.crash.count
       view.long_task.count view.frozen_frame.count view.resource.count view.frustration.count
       view.slow_frames[].start view.slow_frames[].duration
       view.in_foreground_periods[].start view.in_foreground_periods[].duration`,
      count,
    ),
    'view.cumulative_layout_shift': notNegative,
  },
  ViewPerformanceData: {
    'cls.score': notNegative,
    ...all(
      `cls.timestamp fcp.timestamp fid.duration fid.timestamp inp.duration inp.timestamp
       inp.sub_parts.input_delay inp.sub_parts.processing_duration
       inp.sub_parts.presentation_delay lcp.timestamp lcp.sub_parts.load_delay
       lcp.sub_parts.load_time lcp.sub_parts.render_delay fbc.timestamp`,
      count,
    ),
  },
  RumActionEvent: {
    'action.id': uuid,
    ...all(
      `action.loading_time action.error.count action.crash.count action.long_task.count
       action.resource.count`,
      count,
    ),
    ...all(
      `_dd.action.position.x _dd.action.position.y _dd.action.target.width
       _dd.action.target.height`,
      integer,
    ),
  },
  RumErrorEvent: {
    ...all('error.id _dd.debug_ids[].id', uuid),
    ...all('error.resource.status_code freeze.duration', count),
    'error.time_since_app_start': integer,
  },
  RumLongTaskEvent: {
    ...all('long_task.id _dd.debug_ids[].id', uuid),
    ...all(
      `long_task.duration long_task.blocking_duration long_task.scripts[].duration
       long_task.scripts[].pause_duration long_task.scripts[].forced_style_and_layout_duration`,
      count,
    ),
    ...all(
      `long_task.start_time long_task.render_start long_task.style_and_layout_start
       long_task.first_ui_event_timestamp long_task.scripts[].start_time
       long_task.scripts[].execution_start`,
      notNegative,
    ),
    'long_task.scripts[].source_char_position': integer,
  },
  RumResourceEvent: {
    'resource.id': uuid,
    ...all(
      `resource.status_code resource.duration resource.size resource.encoded_body_size
       resource.decoded_body_size resource.transfer_size resource.request.encoded_body_size
       resource.request.decoded_body_size`,
      count,
    ),
    ...Object.assign(
      {},
      ...['worker', 'redirect', 'dns', 'connect', 'ssl', 'first_byte', 'download'].map((phase) =>
        all(`resource.${phase}.start resource.${phase}.duration`, count),
      ),
    ),
    ...all('resource.request.headers.keys resource.response.headers.keys', headerName),
  },
  RumTransitionEvent: {
    ...all('stream.id transition.id', uuid),
    ...all(
      `transition.timestamp transition.buffer_starvation_duration transition.media_start_delay
       transition.error_code transition.duration`,
      count,
    ),
  },
  RumVitalEventCommonProperties: { 'vital.id': uuid },
  RumVitalDurationEvent: { 'vital.duration': count },
  RumVitalWebsocketCommonProperties: { 'vital.websocket.id': uuid },
  RumVitalWebsocketConnectingEvent: { 'vital.websocket.connecting_date': count },
  RumVitalWebsocketOpenEvent: {
    ...all('vital.websocket.connecting_duration vital.websocket.open_date', count),
    'vital.websocket.snapshot_version': ordinal,
  },
  RumVitalWebsocketClosingEvent: { 'vital.websocket.closing_date': count },
  RumVitalWebsocketClosedEvent: {
    ...all('vital.websocket.closed_date vital.websocket.duration', count),
    'vital.websocket.snapshot_version': ordinal,
  },
  RumVitalWebsocketMessageDirection: all(
    `message_count message_size_total message_size_max longest_silence time_to_first_message
     silence_before_close`,
    count,
  ),
  CommonTelemetryProperties: { date: count },
};
