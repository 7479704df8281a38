/** The commands of the article, by its chapters, without the variables that are set in between. */
export const ARTICLE_COMMANDS: readonly (readonly [chapter: number, command: string])[] = [
  [2, 'az ad sp create-for-rbac --name "SP_NAME"'],
  [2, 'az ad sp credential reset --name "SP_NAME" --password "SP_PASSWORD"'],
  [3, 'az account set --subscription $subscription_id'],
  [
    3,
    'az aks create --resource-group $rg --name $aksName --node-count 2 --generate-ssh-keys --attach-acr $acrName ' +
      '--service-principal $client_id_aks_acr_pull_sp --client-secret $client_secret_aks_acr_pull_sp --node-vm-size $node_vm_size',
  ],
  [3, 'az aks get-credentials --resource-group $rg --name $aksName --overwrite-existing'],
  [3, 'kubectl get nodes'],
  [4, 'az aks scale --resource-group $rg --name $aksName --node-count 3'],
  [6, 'az acr list --resource-group $rg --query "[].{acrLoginServer:loginServer}" --output table'],
  [6, 'kubectl apply -f aks-deployment-app1.yaml'],
  [6, 'kubectl get pods'],
  [6, 'kubectl get services'],
  [6, 'kubectl scale --replicas=3 deployment/jm-inn-azure-vote-front-deployment'],
  [6, 'curl 51.138.83.42'],
  [8, 'docker-compose up --build -d'],
  [8, 'docker tag jm-inn-azure-vote-front-image "$acrName.azurecr.io/jm-inn-azure-vote-front-image:v2"'],
  [8, 'az login'],
  [8, 'az acr login --name $acrName'],
  [8, 'docker push "$acrName.azurecr.io/jm-inn-azure-vote-front-image:v2"'],
  [8, 'az acr repository show-tags --name $acrName --repository jm-inn-azure-vote-front-image'],
  [8, 'kubectl scale --replicas=5 deployment/jm-inn-azure-vote-front-deployment'],
  [
    8,
    'kubectl set image deployment jm-inn-azure-vote-front-deployment ' +
      'jm-inn-azure-vote-front-container="$acrName.azurecr.io/jm-inn-azure-vote-front-image:v2"',
  ],
  [8, 'kubectl get pods'],
  [8, 'kubectl get replicasets'],
  [8, 'kubectl scale --replicas=3 deployment/jm-inn-azure-vote-front-deployment'],
  [8, 'curl 51.138.83.42'],
];
