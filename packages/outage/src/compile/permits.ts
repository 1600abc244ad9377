/** What a router does to packets between two devices that open a connection, in whichever direction. */
export interface Permission {
  readonly verdict: 'yes' | 'no' | 'unknown';
  /** The same for all devices that the rules of the router treat alike, and for no others. */
  readonly key: string;
  /** Between which places the packets go, for sentences: `Video and Servers`. */
  readonly flow: string;
  /** What decides: the rule, with its file and line; of `unknown` what is not known. */
  readonly by: string;
  /** The file that says so, and the day on which it was captured. */
  readonly source?: string;
  readonly asOf?: string;
}

/** The port through which the engine asks what the network lets pass. Without it everything is taken as permitted. */
export interface Permits {
  /** The routers whose configuration is known; all others let everything pass. */
  readonly routers: readonly string[];
  /** `to` is `undefined` for the internet. */
  between(router: string, from: string, to: string | undefined): Permission;
}
