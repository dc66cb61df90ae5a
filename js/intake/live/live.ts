/** The live page of the local intake: shows what arrives while developing. */
import { createActionsPanel } from './actions-panel.ts';
import { createAnnouncer } from './announce.ts';
import { connect } from './connection.ts';
import { createDeliveriesPanel } from './deliveries-panel.ts';
import { byId } from './dom.ts';
import { createEmptyState } from './empty.ts';
import { createErrorsPanel } from './errors-panel.ts';
import { createEventsPanel } from './events-panel.ts';
import { createFlagsPanel } from './flags-panel.ts';
import { createInspector } from './inspector.ts';
import { startKeys } from './keys.ts';
import { startSearch } from './search.ts';
import { createSessionsPanel } from './sessions-panel.ts';
import { State } from './state.ts';
import { startTabs } from './tabs.ts';
import { startTheme } from './theme.ts';
import { createTopbar } from './topbar.ts';
import { createViewPanel } from './view-panel.ts';
import { createVitalsPanel } from './vitals-panel.ts';
import { createWaterfall } from './waterfall.ts';

const state = new State();
const tabs = startTabs(byId('tabs'));
const search = startSearch(state, () => tabs.select('tab-events'));

startTheme(byId('theme'));
startKeys(state);
state.start([
  createEmptyState(state),
  createTopbar(state, search),
  createSessionsPanel(state, byId('sessions'), byId('follow')),
  createViewPanel(state, byId('view-head')),
  createVitalsPanel(state, byId('vitals')),
  createWaterfall(state, byId('waterfall-place'), byId('waterfall-head')),
  createErrorsPanel(state, byId('errors'), byId('errors-place')),
  createActionsPanel(state, byId('actions-section'), byId('actions-place')),
  createEventsPanel(state, {
    list: byId('events-place'),
    latest: byId('latest'),
    found: byId('found'),
  }),
  createFlagsPanel(state, byId('panel-flags'), byId('count-flags')),
  createDeliveriesPanel(state, byId('panel-requests')),
  createInspector(state, byId('inspector')),
  createAnnouncer(state, byId('announcer')),
]);
connect(state, '/stream');
