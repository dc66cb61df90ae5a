import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Json } from '../../js/intake/json.ts';
import { createValidate } from '../../js/intake/validate.ts';
import {
  action,
  errorEvent,
  exposure,
  schemaFile,
  view,
  viewUpdate,
  vital,
} from './intake-fixture.ts';

const validate = createValidate(schemaFile);
const violations = (event: Json, track = 'rum') => validate(track, event, 1000);
const found = (event: Json, track?: string) =>
  violations(event, track).map(({ path, message }) => `${path} ${message}`);
const pathsOf = (event: Json, track?: string) => violations(event, track).map(({ path }) => path);

function withView(changes: Json): Json {
  const event = view();
  return { ...event, view: { ...event.view, ...changes } };
}

test('valid events of each kind have no violations', () => {
  for (const event of [view(), viewUpdate(2), errorEvent(), action(), vital()]) {
    assert.deepEqual(found(event), [], String(event.type));
  }
  assert.deepEqual(found(exposure(), 'exposures'), []);
});

test('an id that is no lowercase UUID is found', () => {
  const upper = '5B2C1D1E-7A34-4F0C-9A53-0C8A4D2F9B11';
  assert.deepEqual(found(withView({ id: upper })), [
    `/view/id must be a lowercase UUID; it is "${upper}"`,
  ]);
  assert.deepEqual(pathsOf({ ...view(), application: { id: `${upper.toLowerCase()} ` } }), [
    '/application/id',
  ]);
  assert.deepEqual(pathsOf({ ...view(), session: { id: 'x', type: 'user' } }), ['/session/id']);
  assert.deepEqual(pathsOf({ ...action(), action: { id: 'x', type: 'custom' } }), ['/action/id']);
  assert.deepEqual(pathsOf({ ...errorEvent(), action: { id: ['x'] } }), ['/action/id/0']);
  assert.deepEqual(pathsOf({ ...vital(), vital: { ...vital().vital, id: '' } }), ['/vital/id']);
});

test('a value of the wrong type is found', () => {
  assert.deepEqual(found(withView({ is_active: 'yes' })), [
    '/view/is_active must be boolean; it is "yes"',
  ]);
  assert.deepEqual(found({ ...view(), view: null }), ['/view must be object; it is null']);
});

test('a missing field is found, and the pointer names the field', () => {
  const { error, ...rest } = errorEvent();
  assert.deepEqual(found(rest), ['/error is missing']);
  const { message, ...nameless } = error;
  assert.ok(message);
  assert.deepEqual(found({ ...rest, error: nameless }), ['/error/message is missing']);
  const { time_spent, ...timeless } = view().view;
  assert.ok(time_spent);
  assert.deepEqual(pathsOf({ ...view(), view: timeless }), ['/view/time_spent']);
});

test('an unknown value of an enumeration is found', () => {
  assert.deepEqual(found({ ...view(), session: { ...(view().session as Json), type: 'bot' } }), [
    '/session/type must be one of user, synthetics, ci_test; it is "bot"',
  ]);
});

test('durations, dates and versions are integers with a lower bound', () => {
  assert.deepEqual(found(withView({ loading_time: 1.5, first_byte: -1 })), [
    '/view/loading_time must be an integer, at least 0; it is 1.5',
    '/view/first_byte must be an integer, at least 0; it is -1',
  ]);
  assert.deepEqual(pathsOf({ ...view(), date: 1.5 }), ['/date']);
  assert.deepEqual(pathsOf(view(0)), ['/_dd/document_version']);
  assert.deepEqual(pathsOf(withView({ custom_timings: { a: 1, b: -1 } })), [
    '/view/custom_timings/b',
  ]);
});

test('metrics of the nested form are checked too', () => {
  const performance = { lcp: { timestamp: '9' }, inp: {} };
  assert.deepEqual(pathsOf(withView({ performance })).sort(), [
    '/view/performance/inp/duration',
    '/view/performance/lcp/timestamp',
  ]);
});

test('an event is compared with the definition of its own type only', () => {
  assert.deepEqual(found({ ...errorEvent(), error: { message: 'a', source: 'moon' } }), [
    '/error/source must be one of network, source, console, logger, agent, webview, custom, report; it is "moon"',
  ]);
});

test('an unknown type, also of a vital, is the only violation', () => {
  assert.match(found({ type: 'toString' })[0] ?? '', /^\/type must be one of .*"toString"$/);
  assert.match(
    found({ ...view(), type: 'views' })[0] ?? '',
    /^\/type must be one of action, .*"views"$/,
  );
  assert.match(found({})[0] ?? '', /^\/type .*it is missing$/);
  assert.deepEqual(pathsOf({ ...vital(), vital: { id: '' } }), ['/vital/type']);
  assert.deepEqual(pathsOf({ ...vital(), vital: { type: 'websocket', name: 'duration' } }), [
    '/vital/name',
  ]);
});

test('a vital is compared with the definition of its own kind', () => {
  const step = { ...vital().vital, type: 'operation_step', step_type: 'begin' };
  assert.deepEqual(pathsOf({ ...vital(), vital: step }), ['/vital/step_type']);
  const open = { ...vital().vital, type: 'websocket', name: 'websocket_open' };
  assert.deepEqual(pathsOf({ ...vital(), vital: open }), ['/vital/websocket']);
});

test('what the types leave open may hold anything', () => {
  const context = { a: [null, { b: 1 }], __proto: 1 };
  const event = { ...view(), context, usr: { plan: 'pro' }, feature_flags: { a: null }, extra: 1 };
  assert.deepEqual(found(event), []);
});

test('the names of headers are checked', () => {
  const request = { headers: { 'Content-Type': 'a', 'content-length': '1' } };
  const resource = { type: 'fetch', url: 'https://shop.example/', request };
  const event = { ...errorEvent(), type: 'resource', resource };
  assert.deepEqual(found(event), [
    '/resource/request/headers/Content-Type must be a lowercase header name',
  ]);
});

test('a view_update may leave out neighbours, and send null for what is gone', () => {
  const changes = {
    loading_time: null,
    action: {},
    performance: { lcp: { target_selector: '#a' }, cls: null },
  };
  const identity = viewUpdate(2).view as Json;
  assert.deepEqual(found(viewUpdate(2, { view: { ...identity, ...changes }, usr: null })), []);
});

test('a view_update is checked where it is complete', () => {
  assert.deepEqual(pathsOf(viewUpdate(2, { view: { url: 'a', loading_time: -1 } })).sort(), [
    '/view/id',
    '/view/loading_time',
  ]);
  assert.deepEqual(pathsOf(viewUpdate(2, { date: null })), ['/date']);
  assert.deepEqual(pathsOf(viewUpdate(2, { connectivity: { status: null } })), [
    '/connectivity/status',
  ]);
  assert.deepEqual(pathsOf(viewUpdate(2, { privacy: {} })), ['/privacy/replay_level']);
  assert.deepEqual(pathsOf({ ...viewUpdate(2), _dd: { format_version: 2 } }), [
    '/_dd/document_version',
  ]);
  const pageStates = { ...(viewUpdate(2)._dd as Json), page_states: [{ state: 'active' }] };
  assert.deepEqual(pathsOf(viewUpdate(2, { _dd: pageStates })), ['/_dd/page_states/0/start']);
});

test('telemetry is compared with its published types', () => {
  const log = { type: 'log', status: 'error', message: 'a' };
  const event = {
    type: 'telemetry',
    date: 1,
    service: 'ferrum',
    version: '1',
    source: 'browser',
    _dd: { format_version: 2 },
    telemetry: log,
  };
  assert.deepEqual(found(event), []);
  const { message, ...silent } = log;
  assert.ok(message);
  assert.deepEqual(found({ ...event, telemetry: silent }), ['/telemetry/message is missing']);
  assert.deepEqual(pathsOf({ ...event, telemetry: { type: 'dance' } }), ['/telemetry/type']);
});

test('an exposure needs its keys', () => {
  assert.deepEqual(pathsOf({ ...exposure(), timestamp: '1', flag: {} }, 'exposures').sort(), [
    '/flag/key',
    '/timestamp',
  ]);
  for (const name of Object.keys(exposure())) {
    const { [name]: removed, ...rest } = exposure();
    assert.ok(removed);
    assert.deepEqual(found(rest, 'exposures'), [`/${name} is missing`]);
  }
});

test('other tracks are not checked', () => {
  assert.deepEqual(found({ message: 'a' }, 'logs'), []);
});

test('at most 20 violations are told of one event', () => {
  const pageStates = Array.from({ length: 100 }, () => 1);
  assert.equal(found({ ...view(), _dd: { ...view()._dd, page_states: pageStates } }).length, 20);
});

test('an event over 1 MiB is not checked to its end', () => {
  assert.deepEqual(validate('rum', { type: 'view' }, 1024 ** 2 + 1), [
    { path: '', message: 'is larger than 1048576 bytes' },
  ]);
});

test('the schema keeps what both members of an intersection say of one property', () => {
  const { definitions } = JSON.parse(readFileSync(schemaFile, 'utf8'));
  const members = definitions.RumViewEvent.allOf.map((member: Json) => member.$ref);
  assert.ok(members.includes('#/definitions/ViewProperties'));
  assert.equal(definitions.ViewProperties.properties.view.properties.loading_time.type, 'integer');
});

test('a pointer escapes the characters that JSON pointers reserve', () => {
  assert.deepEqual(pathsOf(withView({ custom_timings: { 'a/b~c': 'x' } })), [
    '/view/custom_timings/a~1b~0c',
  ]);
});
