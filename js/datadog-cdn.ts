import { DEFAULT_TRACKED_RESOURCE_HEADERS } from './resource-headers.ts';
import { install } from './script.ts';

install({
  name: 'Datadog Browser SDK',
  object: 'DD_RUM',
  isDropIn: true,
  constants: { DEFAULT_TRACKED_RESOURCE_HEADERS },
});
