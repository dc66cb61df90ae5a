import { install } from './script.ts';

install('Datadog Browser SDK', 'DD_RUM');
