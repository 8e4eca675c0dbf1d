using System.Text;
using System.Text.Json.Nodes;
using EdgeProxy.Comparison.Scenarios;
using EdgeProxy.Comparison.Servers;
using EdgeProxy.Workloads;

namespace EdgeProxy.Comparison.Mechanisms;

/// <summary>An environment with a condition that takes some hundred thousand steps, and a request that reaches it.</summary>
internal static class ExpensiveEnvironment
{
    private const string Trait = "text";

    // Each further character doubles the steps.
    private const string Expression = "(?=a)(a|a)*x";
    private const int Characters = 16;

    private static readonly EnvironmentShape Shape = new() { Features = 5, Multivariate = 0, Segments = 1, Conditions = 1, OverridesPerSegment = 1 };

    /// <summary>The environment.</summary>
    /// <param name="key">Its client-side key.</param>
    public static MeasuredEnvironment Of(string key) => new(key, Shape);

    /// <summary>Its document.</summary>
    public static byte[] Document(MeasuredEnvironment environment)
    {
        var document = JsonNode.Parse(environment.Document())!;
        var condition = document["project"]!["segments"]![0]!["rules"]![0]!["rules"]![0]!["conditions"]![0]!;
        condition["operator"] = "REGEX";
        condition["property_"] = Trait;
        condition["value"] = Expression;
        return Encoding.UTF8.GetBytes(document.ToJsonString());
    }

    /// <summary>The request.</summary>
    public static HttpQuestion Question(MeasuredEnvironment environment) =>
        new("/api/v1/identities/", environment.ServerSideKey, IdentityRequests.Body("user-1", [(Trait, $"\"{new string('a', Characters)}\"")]));
}
