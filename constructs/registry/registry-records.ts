import type { IConstruct } from 'constructs';
import { canonicalResourceId } from '../azure/canonical-resource-id';
import type { IAcrRegistry } from './i-acr-registry';

/** Records about the registries of an app. Constructs for the same registry share them. */
export class RegistryRecords<T> {
  private readonly byApp = new WeakMap<IConstruct, Map<string, T[]>>();

  /** Adds a record about a registry. */
  public add(registry: IAcrRegistry, record: T): void {
    const root = registry.node.root;
    const records = this.byApp.get(root) ?? new Map<string, T[]>();
    this.byApp.set(root, records);
    const key = canonicalResourceId(registry, registry.registryId);
    records.set(key, [...(records.get(key) ?? []), record]);
  }

  /** The records about a registry, in order. */
  public of(registry: IAcrRegistry): readonly T[] {
    return this.byApp.get(registry.node.root)?.get(canonicalResourceId(registry, registry.registryId)) ?? [];
  }
}
