/** A rule of the results about losses, failures and openings. */
interface Rule {
  readonly level: 'error' | 'warning';
  /** What happens to the resource, at the start of a message. */
  readonly verb: string;
  readonly short: string;
  readonly full: string;
  readonly help: string;
  readonly tags: readonly string[];
}

/** The ids of the rules. They never change, since dismissed alerts refer to them. */
export type RuleId =
  | 'resource-replaced'
  | 'resource-may-be-replaced'
  | 'resource-destroyed'
  | 'resource-left-behind'
  | 'resource-renamed'
  | 'apply-fails'
  | 'access-opened'
  | 'reach-opened';

/** The rules by id. */
export const RULES: Readonly<Record<RuleId, Rule>> = {
  'resource-replaced': {
    level: 'error',
    verb: 'Replaced',
    short: 'A resource is replaced',
    full: 'The change destroys a deployed resource and creates another one in its place; its contents are lost.',
    help: 'Undo the change of the attribute that forces the replacement, or save what the resource holds first.',
    tags: ['reliability'],
  },
  'resource-may-be-replaced': {
    level: 'warning',
    verb: 'May be replaced',
    short: 'A resource may be replaced',
    full: 'The code alone does not decide whether the change updates a resource or replaces it.',
    help: 'Read what terraform plan says about the resource before the change is applied.',
    tags: ['reliability'],
  },
  'resource-destroyed': {
    level: 'error',
    verb: 'Destroyed',
    short: 'A resource is destroyed',
    full: 'The change removes a deployed resource from the program; its contents are lost.',
    help: 'Keep the resource in the program, or save its contents first.',
    tags: ['reliability'],
  },
  'resource-left-behind': {
    level: 'error',
    verb: 'Left behind',
    short: 'A resource is left behind',
    full: 'The change makes Terraform forget a deployed resource, which stays in the cloud and is managed by nobody.',
    help: 'Import the resource elsewhere, or delete it by hand if it is not needed.',
    tags: ['reliability'],
  },
  'resource-renamed': {
    level: 'error',
    verb: 'Renamed without a moved block',
    short: 'A resource is renamed without a moved block',
    full: 'Terraform destroys the resource at the old address and creates one at the new address.',
    help: 'Call moveFromId with the old address on the resource, or keep the id of its construct.',
    tags: ['reliability'],
  },
  'apply-fails': {
    level: 'error',
    verb: 'Fails when applied',
    short: 'The apply fails',
    full: 'The change passes the plan, and the provider or the service rejects it when it is applied.',
    help: 'Follow the remedy that the message names.',
    tags: ['correctness'],
  },
  'access-opened': {
    level: 'warning',
    verb: 'Access opened',
    short: 'A permission is granted or changed',
    full: 'The change allows an identity more than before, or something else.',
    help: 'Check that the identity needs the role, and that the scope is as narrow as it can be.',
    tags: ['security'],
  },
  'reach-opened': {
    level: 'warning',
    verb: 'Reach opened',
    short: 'An entry point is opened or changed',
    full: 'The change makes something reachable for more callers than before, or for others.',
    help: 'Restrict who can reach it, or keep it inside the cluster or the network.',
    tags: ['security'],
  },
};
