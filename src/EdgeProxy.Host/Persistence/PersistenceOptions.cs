using EdgeProxy.Host.Configuration;

namespace EdgeProxy.Host.Persistence;

/// <summary>Options of storing documents for the next start.</summary>
internal sealed record PersistenceOptions
{
    /// <summary>The definitions of the settings.</summary>
    public static readonly SettingGroup<PersistenceOptions> Settings = new(
        new TypedSetting<PersistenceOptions, string?>(
            "snapshot_directory", new TextForm(), static o => o.SnapshotDirectory, static (o, v) => o with { SnapshotDirectory = v })
        {
            Meaning = "a directory that accepted documents are kept in, so that a restart serves them at once, whether the API answers or not",
        });

    /// <summary>The directory of stored documents; null for none.</summary>
    public string? SnapshotDirectory { get; init; }
}
