using System.Text.Json.Nodes;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Server;
using YamlDotNet.RepresentationModel;

namespace EdgeProxy.Deploy.Tests;

/// <summary>The chart, rendered by Helm.</summary>
public sealed class ChartRenderingTests
{
    private const string Least = """
        image: { repository: example/edge-proxy }
        config:
          environment_key_pairs: [{ server_side_key: ser.a, client_side_key: a }]

        """;

    private const string Everything = """
        image: { repository: example/edge-proxy, tag: "1" }
        imagePullSecrets: [{ name: pull }]
        existingSecret: mine
        env: [{ name: HEALTH_CHECK, value: '{"environment_update_grace_period_seconds":null}' }]
        envFrom: [{ secretRef: { name: more } }]
        containerPort: 9001
        service: { annotations: { a: b } }
        snapshots: { existingClaim: claim }
        autoscaling: { enabled: true }
        networkPolicy: { enabled: true, from: [{ podSelector: {} }] }
        serviceMonitor: { enabled: true, labels: { release: prometheus } }
        prometheusRule: { enabled: true, runbooks: "https://docs.example/" }
        ingress: { enabled: true, className: alb, hosts: [flags.example.com], tls: [{ hosts: [flags.example.com] }] }
        serviceAccount: { annotations: { a: b } }
        podAnnotations: { a: b }
        podLabels: { a: b }
        topologySpreadConstraints: [{ maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule }]
        nodeSelector: { a: b }
        tolerations: [{ operator: Exists }]
        affinity: { nodeAffinity: {} }
        priorityClassName: high

        """;

    [HelmFact]
    public async Task Lint_Strict_Clean()
    {
        var (code, output) = await Helm.RunAsync(Least, "lint", "--strict");

        Assert.True(code == 0, output);
    }

    [HelmFact]
    public async Task Defaults_Rendered_ARunningProxyAndNothingOptional()
    {
        var rendered = await RenderAsync(Least);

        Assert.Equal(["Deployment", "NetworkPolicy", "PodDisruptionBudget", "Secret", "Service", "Service of metrics", "ServiceAccount"], rendered.Keys.Order(StringComparer.Ordinal));
        var pod = rendered["Deployment"].At("spec.template")!;
        Assert.NotEqual("", pod.TextAt("metadata.annotations.checksum/config"));
        Assert.Equal("false", pod.TextAt("spec.enableServiceLinks"));
        Assert.Equal("true", pod.TextAt("spec.securityContext.runAsNonRoot"));
        Assert.Equal("true", pod.TextAt("spec.containers.0.securityContext.readOnlyRootFilesystem"));
        Assert.Equal("8000", pod.TextAt("spec.containers.0.ports.0.containerPort"));
        Assert.Equal("http", pod.TextAt("spec.containers.0.ports.0.name"));
        Assert.Equal("9000", pod.TextAt("spec.containers.0.ports.1.containerPort"));
        Assert.Equal("METRICS_PORT", pod.TextAt("spec.containers.0.env.4.name"));
        Assert.Equal("9000", pod.TextAt("spec.containers.0.env.4.value"));
        Assert.NotNull(pod.At("spec.volumes.1.emptyDir"));
        var policy = rendered["NetworkPolicy"].At("spec")!;
        Assert.Equal("http", policy.TextAt("ingress.0.ports.0.port"));
        Assert.Null(policy.At("ingress.0.from"));
        Assert.Equal("metrics", policy.TextAt("ingress.1.ports.0.port"));
        Assert.NotNull(policy.At("ingress.1.from.0.namespaceSelector"));
        Assert.Equal("443", policy.TextAt("egress.1.ports.0.port"));
        Assert.Null(rendered["Service"].At("spec.ports.1"));
    }

    [HelmFact]
    public async Task Metrics_Off_NoPortAndNoPath()
    {
        var rendered = await RenderAsync(Least + "metrics: { enabled: false }\nserviceMonitor: { enabled: true }\n");

        Assert.DoesNotContain(rendered.Keys, static kind => kind is "Service of metrics" or "ServiceMonitor");
        var container = rendered["Deployment"].At("spec.template.spec.containers.0")!;
        Assert.Equal("METRICS_ENABLED", container.TextAt("env.4.name"));
        Assert.Null(container.At("ports.1"));
        Assert.Null(rendered["NetworkPolicy"].At("spec.ingress.1"));
    }

    [HelmFact]
    public async Task Configuration_Rendered_IsTheProgramsConfiguration()
    {
        var rendered = await RenderAsync(Least + "  limits: { max_document_bytes: 104857600 }\n");

        var sources = new SettingsSources(ProxySettings.Catalog);
        var json = rendered["Secret"].At("stringData")!;
        foreach (var (name, value) in JsonNode.Parse(((YamlMappingNode)json).Children.Values.Single().ToString())!.AsObject())
        {
            sources.Set(name, value?.DeepClone());
        }

        var bound = ProxySettings.Bind(sources, demo: false);
        Assert.Empty(bound.Problems);
        Assert.Empty(bound.Warnings);
        Assert.Equal("ser.a", bound.Options.EnvironmentKeyPairs.Single().ServerSideKey);
        Assert.Equal(104857600, bound.Options.Documents.MaxDocumentBytes);
    }

    [HelmFact]
    public async Task Configuration_Changed_PodsAreReplaced()
    {
        var before = await RenderAsync(Least);
        var after = await RenderAsync(Least + "  api_poll_frequency_seconds: 20\n");

        const string Checksum = "spec.template.metadata.annotations.checksum/config";
        Assert.NotEqual(before["Deployment"].TextAt(Checksum), after["Deployment"].TextAt(Checksum));
    }

    [HelmFact]
    public async Task Everything_Rendered_EachThingIsThere()
    {
        var rendered = await RenderAsync(Everything);

        Assert.Equal(
            ["Deployment", "HorizontalPodAutoscaler", "Ingress", "NetworkPolicy", "PodDisruptionBudget", "PrometheusRule", "Service", "Service of metrics", "ServiceAccount", "ServiceMonitor"],
            rendered.Keys.Order(StringComparer.Ordinal));
        var pod = rendered["Deployment"].At("spec.template.spec")!;
        Assert.Null(rendered["Deployment"].At("spec.replicas"));
        Assert.Equal("mine", pod.TextAt("volumes.0.secret.secretName"));
        Assert.Equal("claim", pod.TextAt("volumes.1.persistentVolumeClaim.claimName"));
        Assert.Equal("SERVER_PORT", pod.TextAt("containers.0.env.1.name"));
        Assert.Equal("9001", pod.TextAt("containers.0.env.1.value"));
        Assert.Equal("OPERATORS_TRUST_LOOPBACK", pod.TextAt("containers.0.env.3.name"));
        Assert.Equal("false", pod.TextAt("containers.0.env.3.value"));
        Assert.Equal("HEALTH_CHECK", pod.TextAt("containers.0.env.5.name"));
        Assert.Equal("EdgeProxyDown", rendered["PrometheusRule"].TextAt("spec.groups.0.rules.0.alert"));
        Assert.Equal("https://docs.example/metrics.md#edgeproxydown", rendered["PrometheusRule"].TextAt("spec.groups.0.rules.0.annotations.runbook_url"));
        Assert.Equal("flags.example.com", rendered["Ingress"].TextAt("spec.rules.0.host"));
        Assert.Equal("/api/v1/", rendered["Ingress"].TextAt("spec.rules.0.http.paths.0.path"));
        Assert.Equal("/ofrep/", rendered["Ingress"].TextAt("spec.rules.0.http.paths.2.path"));
        Assert.Equal("http", rendered["Ingress"].TextAt("spec.rules.0.http.paths.0.backend.service.port.name"));
        Assert.Equal("/metrics", rendered["ServiceMonitor"].TextAt("spec.endpoints.0.path"));
        Assert.Equal(rendered["Service of metrics"].TextAt("spec.ports.0.name"), rendered["ServiceMonitor"].TextAt("spec.endpoints.0.port"));
        var labels = (YamlMappingNode)rendered["Service of metrics"].At("metadata.labels")!;
        Assert.All(((YamlMappingNode)rendered["ServiceMonitor"].At("spec.selector.matchLabels")!).Children, label => Assert.Equal(label.Value, labels.Children[label.Key]));
    }

    [HelmFact]
    public async Task GracePeriod_TooShortForTheConfiguration_Refused()
    {
        var (code, output) = await Helm.RunAsync(Least + "  server: { shutdown_delay_seconds: 20 }\n", "template", "edge-proxy");

        Assert.NotEqual(0, code);
        Assert.Contains("terminationGracePeriodSeconds must be more than 35", output, StringComparison.Ordinal);
    }

    [HelmFact]
    public async Task Ports_TheSame_Refused()
    {
        var (code, output) = await Helm.RunAsync(Least + "containerPort: 9000\n", "template", "edge-proxy");

        Assert.NotEqual(0, code);
        Assert.Contains("metrics.port must be another than containerPort", output, StringComparison.Ordinal);
    }

    [HelmFact]
    public async Task Values_Misspelt_Refused()
    {
        var (code, output) = await Helm.RunAsync(Least + "replicas: 3\n", "template", "edge-proxy");

        Assert.NotEqual(0, code);
        Assert.Contains("replicas", output, StringComparison.Ordinal);
    }

    private static async Task<Dictionary<string, YamlMappingNode>> RenderAsync(string values)
    {
        var (code, output) = await Helm.RunAsync(values, "template", "edge-proxy");
        Assert.True(code == 0, output);
        return DeployFiles.YamlDocuments(output).ToDictionary(static document =>
            document.TextAt("metadata.name").EndsWith("-metrics", StringComparison.Ordinal) ? $"{document.TextAt("kind")} of metrics" : document.TextAt("kind"));
    }
}
