import { needsRequests } from './needs-requests.ts';
import { install } from './script.ts';

install({ name: 'Ferrum', object: 'ferrum', needsRequests });
