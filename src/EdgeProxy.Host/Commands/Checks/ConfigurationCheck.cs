using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeProxy.Host.Common;
using EdgeProxy.Host.Configuration;
using EdgeProxy.Host.Server;

namespace EdgeProxy.Host.Commands.Checks;

/// <summary>Checks the configuration as the start does, and lists each value with its source.</summary>
internal static class ConfigurationCheck
{
    private const string Name = "configuration";

    /// <summary>Runs the check.</summary>
    /// <returns>False if the proxy would not start; nothing else can be checked then.</returns>
    public static bool Run(ConfigurationResult configuration, CheckReport report)
    {
        var problems = StartupCheck.FindProblems(configuration, out _);
        foreach (var problem in problems)
        {
            report.Failure(Name, problem);
        }

        foreach (var warning in configuration.Warnings)
        {
            report.Warning(Name, warning);
        }

        if (problems.Count > 0)
        {
            report.Skipped("everything else", "not checked: the proxy would not start with this configuration");
            return false;
        }

        report.Add(new CheckResult(CheckStatus.Ok, Name, ServedEnvironments.Describe(configuration.Options))
        {
            Details = [.. configuration.Notes, .. ValuesOf(configuration)],
        });
        return true;
    }

    private static IEnumerable<string> ValuesOf(ConfigurationResult configuration) =>
        Flatten(JsonNode.Parse(ConfigurationRendering.Masked(ProxySettings.Catalog, configuration.Settings))!.AsObject(), "")
            .Select(value => $"{value.Name} = {value.Text}{(configuration.Origins.Find(value.Name) is { } source ? $" ({source})" : "")}");

    private static IEnumerable<(string Name, string Text)> Flatten(JsonObject tree, string prefix) => tree.SelectMany(member => member.Value switch
    {
        JsonObject { Count: > 0 } child => Flatten(child, $"{prefix}{member.Key}."),
        { } value when value.GetValueKind() == JsonValueKind.String => [(prefix + member.Key, value.GetValue<string>())],
        var value => [(prefix + member.Key, Compact(value))],
    });

    private static string Compact(JsonNode? value)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, CompactJson.Options))
        {
            if (value is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                value.WriteTo(writer);
            }
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}
