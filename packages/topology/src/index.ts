export { buildForwarding, siteOf, uplinkCable, type Forwarding, type Need } from './forwarding.ts';
export { Reach, type Logic } from './reach.ts';
