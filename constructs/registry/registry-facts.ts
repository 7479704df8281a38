import type { IAcrRegistry } from './i-acr-registry';
import type { AcrRegistryProps } from './acr-registry-props';
import { AcrSku } from './acr-sku';
import { isKnown } from '../core/values/known';
import { RegistryRecords } from './registry-records';

const made = new RegistryRecords<AcrRegistryProps>();

/** Remembers the properties of a registry that the app creates, for other constructs of the registry. */
export function rememberRegistry(registry: IAcrRegistry, props: AcrRegistryProps): void {
  made.add(registry, props);
}

/** The tier of a registry, if the app creates it and the tier is known. */
export function skuOf(registry: IAcrRegistry): AcrSku | undefined {
  const [props] = made.of(registry);
  const sku = props === undefined ? undefined : (props.sku ?? AcrSku.BASIC);
  return isKnown(sku) ? sku : undefined;
}

/** Whether the app creates the registry, and restricts its access from the internet. */
export function isRestricted(registry: IAcrRegistry): boolean {
  return made.of(registry).some(({ publicAccess }) => publicAccess?.isRestricted === true);
}
