using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Tests;

/// <summary>JSON compares by meaning.</summary>
internal static class AssertJson
{
    /// <summary>Both say the same: the order of members and the spelling of numbers are free.</summary>
    public static void Equal(string expected, string actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), $"Expected: {expected}{Environment.NewLine}Actual: {actual}");
}
