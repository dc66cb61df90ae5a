/** Posts what web-vitals says whenever the page is hidden, after all of its own listeners. */

const metrics = {};
for (const on of ['onLCP', 'onCLS', 'onINP', 'onFCP', 'onTTFB']) {
  webVitals[on](({ name, value }) => {
    metrics[name] = value;
  });
}

// FID left web-vitals with version 5; its definition in version 4 is short enough.
const visible = !document.hidden;
const hides = () => performance.getEntriesByType('visibility-state').filter(({ name }) => name === 'hidden');
const takeInput = (entries) => {
  const [input] = entries;
  if (input && visible && !hides().some(({ startTime }) => startTime <= input.startTime)) {
    metrics.FID ??= input.processingStart - input.startTime;
  }
};
const observer = new PerformanceObserver((list) => takeInput(list.getEntries()));
observer.observe({ type: 'first-input', buffered: true });

// What comes after a restore belongs to another visit.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) for (const name in metrics) delete metrics[name];
}, true);

addEventListener('visibilitychange', () => {
  if (document.visibilityState !== 'hidden') return;
  takeInput(observer.takeRecords());
  navigator.sendBeacon('/report', JSON.stringify(metrics));
});
