import { Construct } from 'constructs';
import { namePrefix } from '../private/kubernetes-rules';
import { checkGiven, orExample } from '../private/rule';
import { VoteBackend, type VoteBackendOptions } from './vote-backend';
import { VoteFront, type VoteFrontOptions } from './vote-front';
import type { WorkloadOptions } from './workload';

/** What a `VoteApp` is made from. */
export interface VoteAppProps extends WorkloadOptions {
  /**
   * What the names of its Deployments and Services begin with: "-front" and "-back" follow. 1 to 40 lower-case letters,
   * digits and "-". Changing it replaces them.
   */
  readonly namePrefix: string;
  /** The page that people vote on. */
  readonly front: VoteFrontOptions;
  /**
   * Where the votes are kept.
   *
   * @default - a Redis that keeps them in memory
   */
  readonly backend?: VoteBackendOptions;
}

/**
 * The vote application: a front that people vote on, and a Redis that keeps the votes.
 *
 * @see https://github.com/Azure-Samples/azure-voting-app-redis
 */
export class VoteApp extends Construct {
  /** Where the votes are kept. */
  public readonly backend: VoteBackend;
  /** The page that people vote on. */
  public readonly front: VoteFront;

  constructor(scope: Construct, id: string, props: VoteAppProps) {
    super(scope, id);
    this.node.addValidation({ validate: () => checkGiven(namePrefix, 'namePrefix', props.namePrefix) });
    const { namespace, provider } = props;
    const prefix = orExample(namePrefix, props.namePrefix);
    this.backend = new VoteBackend(this, 'back', {
      ...props.backend,
      name: `${prefix}-back`,
      namespace,
      provider,
    });
    this.front = new VoteFront(this, 'front', {
      ...props.front,
      name: `${prefix}-front`,
      backend: this.backend,
      namespace,
      provider,
    });
  }
}
