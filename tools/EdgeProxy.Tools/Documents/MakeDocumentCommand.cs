using System.CommandLine;
using System.Globalization;
using EdgeProxy.Workloads;

namespace EdgeProxy.Tools.Documents;

/// <summary><c>make-document</c>: an environment document of any size on standard output.</summary>
internal static class MakeDocumentCommand
{
    private static readonly Dictionary<string, EnvironmentShape> Presets = new(StringComparer.Ordinal)
    {
        ["small"] = EnvironmentShapes.Small,
        ["plain"] = EnvironmentShapes.Plain,
        ["heavy"] = EnvironmentShapes.Heavy,
        ["large"] = EnvironmentShapes.Large,
        ["crowded"] = EnvironmentShapes.Crowded,
    };

    private static readonly Argument<string> Key = new("key") { Description = "The client-side key, which is also the environment's name" };
    private static readonly Option<string> Preset = new("--preset") { Description = "Sizes that the other options start from", DefaultValueFactory = static _ => "heavy" };
    private static readonly Option<int?> Features = Size("--features", "Features");
    private static readonly Option<int?> Multivariate = Size("--multivariate", "Features with three variants");
    private static readonly Option<int?> Segments = Size("--segments", "Segments");
    private static readonly Option<int?> Conditions = Size("--conditions", "Conditions of each segment");
    private static readonly Option<int?> Overrides = Size("--overrides-per-segment", "Features that each segment overrides");
    private static readonly Option<int?> Identities = Size("--identity-overrides", "Identities with an override");
    private static readonly Option<int> Revision = new("--revision") { Description = "Changes updated_at and the first feature's value only" };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Preset.AcceptOnlyFromAmong([.. Presets.Keys]);
        var command = new Command("make-document", "Prints an environment document; the same arguments give the same bytes.")
        {
            Key, Preset, Features, Multivariate, Segments, Conditions, Overrides, Identities, Revision,
        };
        command.SetAction(static async (result, cancellationToken) =>
        {
            var shape = Shape(result);
            if (shape is { Features: 0, IdentityOverrides: > 0 })
            {
                await result.InvocationConfiguration.Error.WriteLineAsync("--identity-overrides needs at least one feature to override.");
                return 1;
            }

            var document = DocumentMaker.Make(shape, result.GetRequiredValue(Key), result.GetValue(Revision));
            await Console.OpenStandardOutput().WriteAsync(document, cancellationToken);
            return 0;
        });
        return command;
    }

    private static EnvironmentShape Shape(ParseResult result)
    {
        var shape = Presets[result.GetRequiredValue(Preset)];
        return new EnvironmentShape
        {
            Features = result.GetValue(Features) ?? shape.Features,
            Multivariate = result.GetValue(Multivariate) ?? shape.Multivariate,
            Segments = result.GetValue(Segments) ?? shape.Segments,
            Conditions = result.GetValue(Conditions) ?? shape.Conditions,
            OverridesPerSegment = result.GetValue(Overrides) ?? shape.OverridesPerSegment,
            IdentityOverrides = result.GetValue(Identities) ?? shape.IdentityOverrides,
        };
    }

    private static Option<int?> Size(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (int.TryParse(result.Tokens.SingleOrDefault()?.Value, CultureInfo.InvariantCulture, out var size) && size < 0)
            {
                result.AddError($"{name} must not be negative.");
            }
        });
        return option;
    }
}
