{{- define "edge-proxy.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "edge-proxy.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else if contains (include "edge-proxy.name" .) .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "edge-proxy.name" .) | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "edge-proxy.selectorLabels" -}}
app.kubernetes.io/name: {{ include "edge-proxy.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "edge-proxy.labels" -}}
{{ include "edge-proxy.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "edge-proxy.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "edge-proxy.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "edge-proxy.configSecretName" -}}
{{- default (include "edge-proxy.fullname" .) .Values.existingSecret }}
{{- end }}

{{- /* Two listeners on one port: the proxy would refuse to start. */}}
{{- define "edge-proxy.checkPorts" -}}
{{- if and .Values.metrics.enabled (eq (int .Values.containerPort) (int .Values.metrics.port)) }}
{{- fail "metrics.port must be another than containerPort" }}
{{- end }}
{{- end }}

{{- /* A pod that is killed before the proxy is through with stopping cuts requests: refused here, where it can be known. */}}
{{- define "edge-proxy.checkGracePeriod" -}}
{{- $server := default dict .Values.config.server }}
{{- $delay := hasKey $server "shutdown_delay_seconds" | ternary $server.shutdown_delay_seconds 5 }}
{{- $timeout := hasKey $server "shutdown_timeout_seconds" | ternary $server.shutdown_timeout_seconds 15 }}
{{- $needed := addf $delay $timeout }}
{{- if le (float64 .Values.terminationGracePeriodSeconds) $needed }}
{{- fail (printf "terminationGracePeriodSeconds must be more than %v: server.shutdown_delay_seconds and server.shutdown_timeout_seconds together" $needed) }}
{{- end }}
{{- end }}
