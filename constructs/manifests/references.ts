import { type Fields, fieldsOf } from './object-reader';
import { containersOf, objectsOf, templateOf } from './pod-templates';

/** A reference of an object to another one that must exist. */
export interface Reference {
  readonly property: string;
  readonly kind: string;
  readonly name: string;
  /** The namespace of the other one; undefined for that of the object itself. */
  readonly namespace?: string;
  /** A key that the other one must have, or a port. */
  readonly key?: string;
  /** What happens if it does not exist. */
  readonly otherwise: string;
}

const NO_START = 'its pods do not start';

/** The references of an object to others, of kinds that are usually in the same program. */
export function referencesOf(kind: string, object: Fields): Reference[] {
  const spec = fieldsOf(object.spec);
  switch (kind) {
    case 'HorizontalPodAutoscaler':
      return ['Deployment', 'StatefulSet'].includes(String(fieldsOf(spec.scaleTargetRef).kind))
        ? named(
            'spec.scaleTargetRef.name',
            String(fieldsOf(spec.scaleTargetRef).kind),
            fieldsOf(spec.scaleTargetRef).name,
            'nothing is scaled',
          )
        : [];
    case 'Ingress':
      return ingressReferences(spec);
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      return bindingReferences(object);
    case 'StatefulSet':
      return [
        ...named('spec.serviceName', 'Service', spec.serviceName, 'its pods have no host names'),
        ...podReferences(kind, object),
      ];
    case 'PersistentVolumeClaim':
      return named('spec.storageClassName', 'StorageClass', spec.storageClassName, 'there is no volume for it');
    default:
      return podReferences(kind, object);
  }
}

function ingressReferences(spec: Fields): Reference[] {
  const paths = objectsOf(spec.rules).flatMap((rule, index) =>
    objectsOf(fieldsOf(rule.http).paths).map(
      (path, at) => [`spec.rules[${index}].http.paths[${at}].backend`, path.backend] as const,
    ),
  );
  return [['spec.defaultBackend', spec.defaultBackend] as const, ...paths].flatMap(([property, backend]) => {
    const { name, port } = fieldsOf(fieldsOf(backend).service);
    const { name: portName, number } = fieldsOf(port);
    return named(`${property}.service.name`, 'Service', name, 'requests get an error').map((one) => ({
      ...one,
      key: typeof portName === 'string' ? portName : typeof number === 'number' ? String(number) : undefined,
    }));
  });
}

function bindingReferences({ roleRef, subjects }: Fields): Reference[] {
  const { kind, name } = fieldsOf(roleRef);
  return [
    ...(kind === 'Role' ? named('roleRef.name', 'Role', name, 'nobody gets the permissions') : []),
    ...objectsOf(subjects).flatMap((subject, index) =>
      subject.kind === 'ServiceAccount'
        ? named(`subjects[${index}].name`, 'ServiceAccount', subject.name, 'nobody gets the permissions').map(
            (one) => ({
              ...one,
              namespace: typeof subject.namespace === 'string' ? subject.namespace : undefined,
            }),
          )
        : [],
    ),
  ];
}

function podReferences(kind: string, object: Fields): Reference[] {
  const template = templateOf(kind, object);
  if (template === undefined) {
    return [];
  }
  const { property, spec } = template;
  return [
    ...named(`${property}.serviceAccountName`, 'ServiceAccount', spec.serviceAccountName, NO_START),
    ...named(`${property}.priorityClassName`, 'PriorityClass', spec.priorityClassName, NO_START),
    ...objectsOf(spec.volumes).flatMap((volume, index) => [
      ...required(`${property}.volumes[${index}].configMap`, volume.configMap),
      ...named(
        `${property}.volumes[${index}].persistentVolumeClaim.claimName`,
        'PersistentVolumeClaim',
        fieldsOf(volume.persistentVolumeClaim).claimName,
        NO_START,
      ),
    ]),
    ...containersOf(template).flatMap(({ property: container, fields }) => [
      ...objectsOf(fields.envFrom).flatMap((one, index) =>
        required(`${container}.envFrom[${index}].configMapRef`, one.configMapRef),
      ),
      ...objectsOf(fields.env).flatMap((one, index) => {
        const reference = fieldsOf(one.valueFrom).configMapKeyRef;
        const { key } = fieldsOf(reference);
        return required(`${container}.env[${index}].valueFrom.configMapKeyRef`, reference).map((found) => ({
          ...found,
          key: typeof key === 'string' ? key : undefined,
        }));
      }),
    ]),
  ];
}

/** The reference to a ConfigMap, unless it is optional. */
function required(property: string, reference: unknown): Reference[] {
  const { name, optional } = fieldsOf(reference);
  return optional === true ? [] : named(`${property}.name`, 'ConfigMap', name, NO_START);
}

function named(property: string, kind: string, name: unknown, otherwise: string): Reference[] {
  return typeof name === 'string' && name !== '' ? [{ property, kind, name, otherwise }] : [];
}
