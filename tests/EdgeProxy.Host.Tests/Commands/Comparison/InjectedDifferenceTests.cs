using System.Text.Json.Nodes;
using EdgeProxy.Engine.Model;
using EdgeProxy.Host.Commands.Comparison;

namespace EdgeProxy.Host.Tests.Commands.Comparison;

/// <summary>A server that differs in one condition is found out, by the questions that are aimed at that condition.</summary>
public sealed class InjectedDifferenceTests
{
    [Theory]
    [InlineData(ConditionOperators.In, "pro,enterprise", ConditionOperators.In, "pro")]
    [InlineData(ConditionOperators.In, "[\"1\",\"2\"]", ConditionOperators.In, "[\"1\"]")]
    [InlineData(ConditionOperators.IsSet, null, ConditionOperators.IsNotSet, null)]
    [InlineData(ConditionOperators.IsNotSet, null, ConditionOperators.IsSet, null)]
    [InlineData(ConditionOperators.Equal, "pro", ConditionOperators.Equal, "Pro")]
    [InlineData(ConditionOperators.Equal, "7", ConditionOperators.In, "7,007")]
    [InlineData(ConditionOperators.NotEqual, "pro", ConditionOperators.NotEqual, "pro ")]
    [InlineData(ConditionOperators.GreaterThan, "100", ConditionOperators.GreaterThanInclusive, "100")]
    [InlineData(ConditionOperators.GreaterThanInclusive, "100", ConditionOperators.GreaterThan, "100")]
    [InlineData(ConditionOperators.LessThan, "-1", ConditionOperators.LessThanInclusive, "-1")]
    [InlineData(ConditionOperators.LessThanInclusive, "2.5", ConditionOperators.LessThan, "2.5")]
    [InlineData(ConditionOperators.GreaterThan, "1.2.3:semver", ConditionOperators.GreaterThanInclusive, "1.2.3:semver")]
    [InlineData(ConditionOperators.LessThan, "1.2.3:semver", ConditionOperators.LessThan, "1.2.2:semver")]
    [InlineData(ConditionOperators.Contains, "pro", ConditionOperators.Equal, "pro")]
    [InlineData(ConditionOperators.NotContains, "pro", ConditionOperators.NotEqual, "pro")]
    [InlineData(ConditionOperators.Regex, "^a+b", ConditionOperators.Regex, "^a*b")]
    [InlineData(ConditionOperators.Regex, "^[0-9]{2}$", ConditionOperators.Regex, "^[0-9]{3}$")]
    [InlineData(ConditionOperators.Modulo, "4|1", ConditionOperators.Modulo, "4|2")]
    [InlineData(ConditionOperators.Modulo, "4|1", ConditionOperators.Modulo, "2|1")]
    public async Task Compare_OneConditionDiffers_Found(string operation, string? operand, string otherOperation, string? otherOperand)
    {
        var here = ComparisonSetUp.DocumentWith(operation, operand);

        var result = await ComparisonSetUp.CompareAsync(here, ComparisonSetUp.DocumentWith(otherOperation, otherOperand));

        Assert.Contains(result.Differences, difference => difference.Question.Kind == $"condition {operation}");
        Assert.All(result.Differences, static difference => Assert.Equal("targeted", difference.Feature));
        Assert.Equal(0, result.Vanished);
        Assert.Equal(result.Differences.Count, result.Groups.Sum(static group => group.Count));
        Assert.InRange(result.Groups.Count(static group => group.First.Question.Kind == Question.Random), 0, 2); // on or off
    }

    [Theory]
    [InlineData("")]
    [InlineData("$.identity.key")]
    [InlineData("$.identity.identifier")]
    [InlineData("plan")]
    public async Task Compare_SplitDiffersByHalfAPercent_Found(string property)
    {
        var here = ComparisonSetUp.DocumentWith(ConditionOperators.PercentageSplit, "50", property);

        var result = await ComparisonSetUp.CompareAsync(here, ComparisonSetUp.DocumentWith(ConditionOperators.PercentageSplit, "50.5", property));

        Assert.Contains(result.Differences, static difference => difference.Question.Kind == $"condition {ConditionOperators.PercentageSplit}");
    }

    [Fact]
    public async Task Compare_WeightsOfVariantsDifferByHalfAPercent_Found()
    {
        var result = await ComparisonSetUp.CompareAsync(WithVariants(30, 40), WithVariants(30, 40.5));

        Assert.Contains(result.Differences, static difference => difference.Question.Kind == Question.Variant);
        Assert.All(result.Differences, static difference => Assert.Equal("plain", difference.Feature));
    }

    [Fact]
    public async Task Compare_IdentityOverrideDiffers_Found()
    {
        var there = ComparisonSetUp.DocumentWith(ConditionOperators.Equal, "pro");
        there["identity_overrides"]![0]!["identity_features"]![0]!["feature_state_value"] = "other";

        var result = await ComparisonSetUp.CompareAsync(ComparisonSetUp.DocumentWith(ConditionOperators.Equal, "pro"), there);

        var difference = Assert.Single(result.Differences);
        Assert.Equal("identity override 1, feature targeted: here on with \"own\", there on with \"other\"", difference.ToString());
    }

    [Fact]
    public async Task Compare_FeatureMissing_FoundInBothDirections()
    {
        var there = ComparisonSetUp.DocumentWith(ConditionOperators.Equal, "pro");
        there["feature_states"]![0]!["feature"]!["name"] = "renamed";

        var result = await ComparisonSetUp.CompareAsync(ComparisonSetUp.DocumentWith(ConditionOperators.Equal, "pro"), there, count: 1);

        Assert.Contains(result.Differences, static difference => difference.ToString() == "environment flags, feature plain: here on with \"blue\", there missing");
        Assert.Contains(result.Differences, static difference => difference.ToString() == "environment flags, feature renamed: here missing, there on with \"blue\"");
    }

    [Fact]
    public async Task Compare_SameDocuments_NothingDiffers()
    {
        var document = ComparisonSetUp.DocumentWith(ConditionOperators.Regex, "^a+b");

        var result = await ComparisonSetUp.CompareAsync(document, document, count: 200);

        Assert.Empty(result.Differences);
        Assert.Empty(result.Harmless);
        Assert.Equal(201, result.Count);
        Assert.Contains("condition REGEX", result.Questions.Keys);
        Assert.Contains(Question.Random, result.Questions.Keys);
        Assert.Equal(1, result.Questions[Question.IdentityOverride]);
    }

    private static JsonObject WithVariants(params double[] weights)
    {
        var document = ComparisonSetUp.DocumentWith(ConditionOperators.Equal, "pro");
        var state = document["feature_states"]![0]!;
        state["feature"]!["type"] = "MULTIVARIATE";
        state["multivariate_feature_state_values"] = new JsonArray([.. weights.Select(static (weight, i) => new JsonObject
        {
            ["id"] = i + 1,
            ["percentage_allocation"] = weight,
            ["multivariate_feature_option"] = new JsonObject { ["id"] = i + 1, ["value"] = $"variant {i}" },
        })]);
        return document;
    }
}
