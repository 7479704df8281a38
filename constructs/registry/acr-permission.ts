import { checkArguments } from '../core/declared';
import type { Violation } from '../core/problems/violation';
import { checkLiteral } from '../core/rules/rule';
import { scopeMapRepository } from './registry-value-rules';

/**
 * Permissions of a token for repositories of a registry.
 *
 * @see https://learn.microsoft.com/azure/container-registry/container-registry-token-based-repository-permissions#concepts
 *
 * @example
 * new AcrScopeMap(stack, 'partners', {
 *   registry,
 *   scopeMapName: 'partners',
 *   permissions: [AcrPermission.pull('shop/*'), AcrPermission.push('shop/plugins')],
 * });
 */
export class AcrPermission {
  /**
   * Pulls images, and lists their tags.
   *
   * @param repository The repository, such as "team/app"; "team/*" for all below "team", or "*" for the whole registry
   */
  public static pull(repository: string): AcrPermission {
    return new AcrPermission(repository, PULL);
  }

  /**
   * Pushes images, and pulls them.
   *
   * @param repository The repository, such as "team/app"; "team/*" for all below "team", or "*" for the whole registry
   */
  public static push(repository: string): AcrPermission {
    return new AcrPermission(repository, [...PULL, 'content/write']);
  }

  /**
   * Deletes images, and pulls them.
   *
   * @param repository The repository, such as "team/app"; "team/*" for all below "team", or "*" for the whole registry
   */
  public static delete(repository: string): AcrPermission {
    return new AcrPermission(repository, [...PULL, 'content/delete']);
  }

  private constructor(
    private readonly repository: string,
    private readonly actions: readonly string[],
  ) {}

  /** @internal */
  public get _actions(): string[] {
    return this.actions.map((action) => `repositories/${this.repository}/${action}`);
  }

  /** @internal */
  public _problems(property: string): Violation[] {
    return checkLiteral(scopeMapRepository, property, this.repository);
  }
}

checkArguments(AcrPermission);

const PULL = ['content/read', 'metadata/read'];
