import { Construct } from 'constructs';
import { checkArguments, declared } from '../core/declared';
import { addChild } from '../core/names/add-child';
import { namePrefix } from '../kubernetes/kubernetes-rules';
import { checkGiven, orExample } from '../core/rules/rule';
import type { IContainerImage } from '../workload/pod/container-image';
import { type IVoteBackend } from './i-vote-backend';
import { VoteBackend, type VoteBackendOptions } from './vote-backend';
import { VoteFront, type VoteFrontOptions, type VoteFrontSettings } from './vote-front';
import type { WorkloadOptions } from '../workload/pod/workload-options';
import { when } from '../core/problems/violation';
import { reportProblems } from '../core/problems/report';

/** Options for another front of a `VoteApp`. */
export interface AddFrontOptions extends VoteFrontSettings {
  /**
   * The image of the vote application.
   *
   * @default - that of the first front
   */
  readonly image?: IContainerImage;
}

/** Properties of `VoteApp`. */
export interface VoteAppProps extends WorkloadOptions {
  /**
   * The prefix of the names of its objects, to which "-front" and "-back" are added: 1 to 40 lower-case letters, digits
   * and "-". Changing it replaces them.
   */
  readonly namePrefix: string;
  /** The page for voting. */
  readonly front: VoteFrontOptions;
  /**
   * The Redis in which the votes are stored.
   *
   * @default - a Redis that keeps them in memory
   */
  readonly backend?: VoteBackendOptions;
  /**
   * An existing back end: `VoteBackend.fromHost(...)`, or that of another application. Not together with `backend`.
   *
   * @default - a new back end
   */
  readonly existingBackend?: IVoteBackend;
}

/**
 * The vote application: pages for voting, and a Redis that stores the votes.
 *
 * @see https://github.com/Azure-Samples/azure-voting-app-redis
 *
 * @example
 * const vote = new VoteApp(stack, 'vote', {
 *   namePrefix: 'shop-vote',
 *   front: { image: registry.image('vote-front', 'v1'), replicas: 2 },
 * });
 */
export class VoteApp extends Construct {
  /** The Redis in which the votes are stored. */
  public readonly backend: IVoteBackend;
  /** The page for voting. */
  public readonly front: VoteFront;
  private readonly prefix: string;
  private readonly options: WorkloadOptions;
  private readonly image: IContainerImage;

  constructor(scope: Construct, id: string, props: VoteAppProps) {
    super(scope, id);
    props = declared(this, 'VoteAppProps', props);
    reportProblems(this, () => [
      ...checkGiven(namePrefix, 'namePrefix', props.namePrefix),
      ...when(
        props.backend !== undefined && props.existingBackend !== undefined,
        'one-vote-backend',
        () =>
          "'backend' and 'existingBackend' must not both be given, got the existing one at " +
          `${props.existingBackend?.node.path} too: keep the intended one`,
      ),
    ]);
    const { namePrefix: prefix, front, backend, existingBackend, ...options } = props;
    this.prefix = orExample(namePrefix, prefix);
    this.options = { ...options, partOf: options.partOf ?? this.prefix };
    this.image = front.image;
    this.backend =
      existingBackend ?? new VoteBackend(this, 'back', { ...backend, ...this.options, name: `${this.prefix}-back` });
    this.front = this.addFront('front', front);
  }

  /**
   * Adds another page to vote on, with the same back end.
   *
   * @param id Its id; the names of its objects are the prefix, "-" and this id
   * @param options Its settings, where they differ from the defaults
   */
  public addFront(id: string, options: AddFrontOptions = {}): VoteFront {
    return addChild(this, id, 'front', VoteFront, (ownId) => this.createFront(ownId, options));
  }

  private createFront(id: string, options: AddFrontOptions): VoteFront {
    return new VoteFront(this, id, {
      ...options,
      ...this.options,
      image: options.image ?? this.image,
      name: `${this.prefix}-${id}`,
      backend: this.backend,
    });
  }
}

checkArguments(VoteApp);
