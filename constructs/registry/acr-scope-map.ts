import type { ContainerRegistryScopeMap } from '@cdktf/provider-azurerm/lib/container-registry-scope-map';
import { Construct, type IConstruct } from 'constructs';
import { azureNames } from '../azure/azure-names';

import { checkArguments, declared } from '../core/declared';
import { claimResource } from '../core/names/unique';
import { reportProblems } from '../core/problems/report';
import { emptyProblems } from '../core/rules/restriction';
import { check, checkGiven } from '../core/rules/rule';
import { itemsOf } from '../core/values/known';
import type { AcrPermission } from './acr-permission';
import type { IAcrRegistry } from './i-acr-registry';
import { scopeMaps } from './late-bindings';
import { createInRegistry } from './registry-prerequisites';
import { scopeMapDescription, scopeMapName } from './registry-value-rules';

/** A scope map of a registry, created here or elsewhere. */
export interface IAcrScopeMap extends IConstruct {
  /** The Azure resource id of the scope map. */
  readonly scopeMapId: string;
  /** Its registry. */
  readonly registry: IAcrRegistry;
}

/** Properties of `AcrScopeMap`. */
export interface AcrScopeMapProps {
  /** The registry. */
  readonly registry: IAcrRegistry;
  /** The name of the scope map: 5 to 49 letters, digits and "-". Changing it replaces the scope map. */
  readonly scopeMapName: string;
  /**
   * The permissions of tokens with this scope map, such as `AcrPermission.pull('shop/*')`: at least one. They are
   * combined.
   */
  readonly permissions: AcrPermission[];
  /**
   * The description, 1 to 256 characters.
   *
   * @default - none
   */
  readonly description?: string;
}

/**
 * A set of permissions for tokens of a registry, by repository. Several tokens can share it.
 *
 * @see https://learn.microsoft.com/azure/container-registry/container-registry-token-based-repository-permissions
 *
 * @example
 * const scopeMap = new AcrScopeMap(stack, 'partners', {
 *   registry,
 *   scopeMapName: 'partners',
 *   permissions: [AcrPermission.pull('shop/*')],
 * });
 * new AcrToken(stack, 'contoso', { scopeMap, tokenName: 'contoso' });
 */
export class AcrScopeMap extends Construct implements IAcrScopeMap {
  public readonly registry: IAcrRegistry;
  private readonly resource: ContainerRegistryScopeMap;

  constructor(scope: Construct, id: string, props: AcrScopeMapProps) {
    super(scope, id);
    props = declared(this, 'AcrScopeMapProps', props);
    const { registry, scopeMapName: name, permissions, description } = props;
    reportProblems(this, () => [
      ...checkGiven(scopeMapName, 'scopeMapName', name),
      ...check(scopeMapDescription, 'description', description),
      ...emptyProblems('permissions', permissions, 'permission', 'a token without permissions has no use'),
      ...itemsOf(permissions).flatMap((one, index) => one._problems(`permissions[${index}]`)),
    ]);
    this.registry = registry;
    this.resource = new (scopeMaps().ContainerRegistryScopeMap)(this, 'Resource', {
      name,
      resourceGroupName: registry.resourceGroupName,
      containerRegistryName: registry.registryName,
      // unique and sorted, so that their order in the program makes no difference
      actions: [...new Set(itemsOf(permissions).flatMap(({ _actions }) => _actions))].sort(),
      ...(description === undefined ? {} : { description }),
    });
    claimResource(this, 'scopeMapName', this.resource, azureNames.scopeMap(name, registry.registryName));
    createInRegistry(this.resource, registry);
  }

  public get scopeMapId(): string {
    return this.resource.id;
  }
}

checkArguments(AcrScopeMap);
