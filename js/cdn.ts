import { install } from './script.ts';

install({ name: 'Ferrum', object: 'ferrum' });
