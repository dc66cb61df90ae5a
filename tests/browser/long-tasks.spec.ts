/** Frames and tasks that took long. */

import {
  at,
  engineIsReady,
  eventsOf,
  expect,
  type Json,
  leave,
  pageIsIdle,
  test,
} from './fixture.ts';

test('a long frame is told with its scripts, by the names of events', async ({
  page,
  site,
  intake,
}) => {
  await page.goto(site.page('text'));
  await engineIsReady(page);
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        setTimeout(function slow() {
          const end = performance.now() + 120;
          while (performance.now() < end);
          resolve();
        });
      }),
  );
  await pageIsIdle(page);
  const frames = await page.evaluate(
    () =>
      new Promise<Json[]>((resolve) => {
        new PerformanceObserver((list) =>
          resolve(list.getEntries().map((entry) => entry.toJSON())),
        ).observe({ type: 'long-animation-frame', buffered: true });
      }),
  );
  await leave(page, intake);
  const ns = (value: unknown) => Math.round((value as number) * 1e6);
  const told = eventsOf(intake, 'long_task').map(({ long_task }) => long_task as Json);
  const frame = frames.find(({ duration }) => (duration as number) >= 120) as Json;
  const [script] = frame.scripts as [Json];
  const event = told.find(({ start_time }) => start_time === ns(frame.startTime));
  expect(event).toEqual({
    id: expect.any(String),
    entry_type: 'long-animation-frame',
    duration: ns(frame.duration),
    blocking_duration: ns(frame.blockingDuration),
    first_ui_event_timestamp: ns(frame.firstUIEventTimestamp),
    render_start: ns(frame.renderStart),
    style_and_layout_start: ns(frame.styleAndLayoutStart),
    start_time: ns(frame.startTime),
    scripts: expect.any(Array),
  });
  expect(at(event, 'scripts.0')).toEqual({
    duration: ns(script.duration),
    pause_duration: ns(script.pauseDuration),
    forced_style_and_layout_duration: ns(script.forcedStyleAndLayoutDuration),
    start_time: ns(script.startTime),
    execution_start: ns(script.executionStart),
    source_url: script.sourceURL,
    source_function_name: script.sourceFunctionName,
    source_char_position: script.sourceCharPosition,
    invoker: script.invoker,
    invoker_type: script.invokerType,
    window_attribution: script.windowAttribution,
  });
});
