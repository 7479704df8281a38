import { parse } from 'yaml';

/**
 * Chapter 5 of the article, letter for letter but for no-break spaces: "AKS: Creación de Azure Kubernetes Service y
 * despliegue de aplicación multi-container (3/3)".
 */
const CHAPTER_5 = `# Deployment de kubernetes para el Backend de la aplicación
apiVersion: apps/v1
# Definición de deployment
kind: Deployment
metadata:
  # Nombre del deployment
  name: jm-inn-azure-vote-back-deployment
spec:
  # Número de réplicas o pods a crear en el despliegue
  replicas: 1
  # Selector de pods usados para crear las réplicas
  selector:
    matchLabels:
      # Selecciona pods con la etiqueta app:jm-inn-azure-vote-back
      app: jm-inn-azure-vote-back
  # Plantilla que define los pods.
  template:
    metadata:
      labels:
        # Fija etiquetas para los pods (key: value)
        # Son referenciadas desde los objetos deployment para crear réplicas
        app: jm-inn-azure-vote-back
    spec:
      nodeSelector:
        # Fija selector de nodo sobre el que se ejecuta el pod
        "beta.kubernetes.io/os": linux
      containers:
        # Establece nombre del container en el pod
      - name: jm-inn-azure-vote-back-container
        # Extrae la imagen redis del repositorio por defecto, es decir, Docker Hub.
        image: redis
        ports:
          # Expone el puerto en el que el container escucha peticiones
          # Debe ser el puerto asociado a la redis cache (6379)
        - containerPort: 6379
           name: redis # Nombre asignado al puerto

# Servicio de kubernetes para exponer el Backend de forma interna al Cluster
# Un servicio en kubernetes expone un grupo de pods con la misma funcionalidad para servir peticiones. Los pods se ejecutan en cualquiera de los nodos del cluster. El servicio es una abstracción que permite añadir un nivel de desacoplamiento entre las peticiones entrantes del exterior y los pods.
apiVersion: v1
kind: Service
metadata:
 # Nombre del Servicio
  name: jm-inn-azure-vote-back-service
spec:
  ports:
    # Puerto en el que escucha el servicio
  - port: 6379
  selector:
    # Selector de pods basado en etiquetas
    app: jm-inn-azure-vote-back

# Deployment de kubernetes para el Frontend de la aplicación
apiVersion: apps/v1
kind: Deployment
metadata:
  # Nombre del despliegue o deployment
  name: jm-inn-azure-vote-front-deployment
spec:
  # Número inicial de réplicas o pods a crear en el despliegue
  replicas: 2
  # Selector de Pods para crear las réplicas
  selector:
    matchLabels:
      # Selecciona pods a incluir en el despliegue como replicas
    # Los pods deben incluir la etiqueta app:jm-inn-azure-vote-front
      app: jm-inn-azure-vote-front
  # Método de despliegue para reemplazar réplicas
  strategy:
    rollingUpdate:
      maxSurge: 1
      maxUnavailable: 1
  minReadySeconds: 5
  template:
    metadata:
      labels:
        # Define etiquetas para los pods creados a partir de la plantilla
        app: jm-inn-azure-vote-front
    spec:
      nodeSelector:
        # Fija selector de nodo sobre el que se ejecuta el pod
        "beta.kubernetes.io/os": linux
      containers:
        # Nombre asignado al contenedor
      - name: jm-inn-azure-vote-front-container
        # Imagen a extraer para crear el contenedor
        # La imagen se extrae desde nuestro Azure Container Registry
        image: jminnacr.azurecr.io/jm-inn-azure-vote-front-image:v1
        ports:
          # Puerto en el que escucha el contenedor
        - containerPort: 80
        resources:
          requests:
            cpu: 250m
          limits:
            cpu: 500m
        # Fija variables de entorno para el container
        env:
          # Nombre de la variable de entorno
        - name: REDIS
          # Valor de la variable de entorno
          # Se establece el nombre del servicio del backend
          value: "jm-inn-azure-vote-back-service"

# Servicio de kubernetes para exponer el Frontend de forma pública
# Expone un grupo de pods con la misma funcionalidad para servir peticiones. Los pods se ejecutan en cualquiera de los nodos del cluster. El servicio es una abstracción que permite añadir un nivel de desacoplamiento entre las peticiones entrantes del exterior y los pods.
apiVersion: v1
kind: Service
metadata:
  # Nombre del servicio
  name: jm-inn-azure-vote-front-service
spec:
  # Fija tipo de servicio
  # Posteriormente se explicará más en detalle esta asignación
  type: LoadBalancer
  ports:
    # Puerto en el que escucha el servicio
  - port: 80
    # Puerto en el que escuchan los pods expuestos por el servicio
    # TargetPort recibe el mismo valor que port si no se fija de forma explicita
    # - targetPort: 80

  selector:
    # Selecciona pods que expone el servicio
    app: jm-inn-azure-vote-front
`;

/** An object of Kubernetes, as far as it takes to tell it from others. */
export interface Identified {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

/**
 * The manifests that the article applies by hand: what the stack of `main.ts` has to reproduce.
 *
 * The page has lost the lines between the documents, and has a blank too many before the name of the port.
 */
export const ARTICLE_MANIFESTS: readonly Identified[] = CHAPTER_5.replace(
  '           name: redis',
  '          name: redis',
)
  .split(/^(?=apiVersion:)/m)
  .slice(1)
  .map((text) => parse(text) as Identified);
