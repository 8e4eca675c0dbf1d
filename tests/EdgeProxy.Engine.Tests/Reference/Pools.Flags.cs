namespace EdgeProxy.Engine.Tests.Reference;

/// <content>Flags that depend on flags: few features, so that dependencies chain and close.</content>
internal static partial class Pools
{
    /// <summary>The last one is never a feature of the environment.</summary>
    public static readonly string[] Prerequisites = ["f1", "f2", "f3", "f4", "my-flag", "\u00fcn\u00ef x", "gone"];

    /// <summary>A name, a field.</summary>
    public static readonly Func<string, string, string>[] FlagPaths =
    [
        (name, field) => $"$.flags['{name}'].{field}",
        (name, field) => $"$.flags[\"{name}\"].{field}",
        (name, field) => $"$.flags[\"{name}\"]['{field}']",
        (name, field) => $"$.flags[ '{name}' ].{field}",
        (name, field) => $"$.flags['{name}', \"f1\"].{field}",
        (name, field) => $"$.flags['gone','{name}','f2'].{field}",
        (name, field) => $"$.flags['{name}']['nothing', '{field}']",
        (name, field) => $"$.flags['{name}']['{field}', 'variant']",
        (name, field) => name.Contains(' ') ? $"$.flags['{name}'].{field}" : $"$.flags.{name}.{field}",
        (name, _) => $"$.flags['{name}']",
        (name, _) => $"$.flags['{name}', 'f1'].nothing",
        (name, field) => $"$.flags['{name}'].{field}.length",
        (name, field) => $"$['flags']['{name}'].{field}",
        (_, _) => "$.flags",
    ];

    public static readonly string[] FlagFields = ["enabled", "enabled", "enabled", "enabled", "value", "value", "variant", "reason", "name", "metadata.id", "metadata", "metadata.experiment.id"];

    /// <summary>Against any of the fields.</summary>
    public static readonly string?[] FlagOperands =
    [
        "true", "true", "true", "True", "false", "1", "0", null, "", "red", "blue", "control", "DEFAULT", "TARGETING_MATCH; segment=s1", "free", "7", "3", "1.5",
        "2|1", "2|0", "50", "100", "f1,f2,red", "(?i)t", "SPLIT.*",
    ];
}
