import { type Violation, violation } from '../core/problems/violation';
import { objectMetadata } from '../kubernetes/object-metadata';
import type { PodIndex } from './pod-selectors';
import { ownerPath, type Pods } from './pods-of-stack';
import { targetPortProblems } from './target-ports';
import type { Service } from './services-of-stack';

/**
 * The warning for a Service that selects the pods of several applications, each of which gets a part of the requests.
 * The workloads of one application, such as a canary, share its label.
 */
export function sharedServiceWarnings(service: Service, index: PodIndex): Violation[] {
  const { resource, place, selector } = service;
  const selected = index.selected(place, selector);
  const applications = new Set(selected.map(applicationOf));
  // pods that do not listen are reported as a problem
  return applications.size < 2 || targetPortProblems(service, index).length > 0
    ? []
    : [
        violation(
          'service-of-one-application',
          `the selector of the Service ${resource.node.path} must select the pods of one application, got those of ` +
            `${selected.map((one) => ownerPath(one.resource)).join(' and ')}: requests would be spread across all of them. Select one with a label that the others do not have`,
        ),
      ];
}

/** The application of pods, or else the resource that creates them. */
function applicationOf({ labels, resource }: Pods): string {
  return labels['app.kubernetes.io/name'] ?? labels.app ?? objectMetadata(resource).name ?? resource.node.path;
}
