import { AksStorageClass, Exposure, KubernetesRole } from '../../../../constructs';
import { BEFORE, type Program } from './program';

/** A change for which the page compares tools. */
export interface Change {
  readonly id: string;
  readonly head: Program;
  /** The change from the view of its author. */
  readonly lines: readonly string[];
}

/** The separate changes. */
export const CHANGES: readonly Change[] = [
  {
    id: 'node-size',
    head: { ...BEFORE, vmSize: 'Standard_D4s_v5' },
    lines: ["- vmSize: 'Standard_D2s_v5',", "+ vmSize: 'Standard_D4s_v5',"],
  },
  {
    id: 'wider-role',
    head: { ...BEFORE, ciRole: 'Contributor', ciScope: 'the resource group', webRole: KubernetesRole.admin() },
    lines: [
      "- roleDefinitionName: 'AcrPush', scope: registry.registryId,",
      "+ roleDefinitionName: 'Contributor', scope: resourceGroup.id,",
      "- serviceAccount.grant('role', KubernetesRole.view());",
      "+ serviceAccount.grant('role', KubernetesRole.admin());",
    ],
  },
  {
    id: 'disk-class',
    head: { ...BEFORE, diskClass: AksStorageClass.MANAGED_CSI_PREMIUM },
    lines: ['- storageClass: AksStorageClass.MANAGED_CSI,', '+ storageClass: AksStorageClass.MANAGED_CSI_PREMIUM,'],
  },
  {
    id: 'other-registry',
    head: { ...BEFORE, registryName: 'contosoimages', version: '1.1' },
    lines: [
      "- registryName: 'contosoweb',",
      "+ registryName: 'contosoimages',",
      "- image: registry.image('web', '1.0'),",
      "+ image: registry.image('web', '1.1'),",
    ],
  },
  {
    id: 'public-redis',
    head: { ...BEFORE, redisExposure: Exposure.publicLoadBalancer(), redisIsolated: false },
    lines: [
      '- exposure: Exposure.clusterOnly(), isolated: true,',
      '+ exposure: Exposure.publicLoadBalancer(), isolated: false,',
    ],
  },
];
