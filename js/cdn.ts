import { install } from './script.ts';

install('Ferrum', 'ferrum');
