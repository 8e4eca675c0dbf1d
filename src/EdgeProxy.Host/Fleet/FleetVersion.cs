using System.Globalization;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Fleet;

/// <summary>
/// The version of a document in a fleet, and the order of versions (docs/spec/fleet.md 2.3). Positions alone do not suffice:
/// documents can have the same time or none, and a confirmed rollback is earlier and yet the one to serve.
/// </summary>
/// <param name="Revision">The digest of the document's bytes.</param>
/// <param name="UpdatedAt">The document's time of change in microseconds since 1970; null if it has none.</param>
/// <param name="Epoch">The time of the last confirmed rollback, in milliseconds since 1970; 0 if there was none.</param>
/// <param name="Sequence">Counts the changes that left <paramref name="UpdatedAt"/> as it was.</param>
/// <param name="GivenUp">The latest time of change that the rollback gave up; null if there was no rollback, or no such time.</param>
internal sealed record FleetVersion(string Revision, long? UpdatedAt, long Epoch = 0, long Sequence = 0, long? GivenUp = null)
{
    private const char Separator = ' ';
    private const string None = "-";

    /// <summary>The version of a document of which nothing else is known.</summary>
    public static FleetVersion Of(DocumentPosition position) => new(position.Revision, MicrosecondsOf(position.UpdatedAt));

    /// <summary>The version of a document that follows this one by an upstream.</summary>
    /// <param name="position">The document.</param>
    /// <param name="rollbackAt">The time when it was confirmed as a rollback; null if it is none.</param>
    public FleetVersion Next(DocumentPosition position, DateTimeOffset? rollbackAt)
    {
        var updatedAt = MicrosecondsOf(position.UpdatedAt);
        if (rollbackAt is { } time)
        {
            return new FleetVersion(position.Revision, updatedAt, Math.Max(Epoch + 1, time.ToUnixTimeMilliseconds()), Sequence: 0, Later(UpdatedAt, GivenUp));
        }

        return this with { Revision = position.Revision, UpdatedAt = updatedAt, Sequence = updatedAt > UpdatedAt ? 0 : Sequence + 1 };
    }

    /// <summary>Determines whether this version replaces another one.</summary>
    public bool Supersedes(FleetVersion other) =>
        IsOfPositionOf(other) ? Sequence > other.Sequence
        : Epoch == other.Epoch ? UpdatedAt > other.UpdatedAt
        : Epoch > other.Epoch ? Replaces(other) : !other.Replaces(this);

    /// <summary>Determines whether neither a rollback nor the time of change tells which of two versions is later.</summary>
    public bool IsOfPositionOf(FleetVersion other) =>
        IsOfTimeOf(other) && (Epoch == other.Epoch || IsRollbackOf(other) || !(Epoch > other.Epoch ? GaveUp(other) : other.GaveUp(this)));

    /// <summary>Determines whether two versions have the same time of change, or one of them has none.</summary>
    public bool IsOfTimeOf(FleetVersion other) => !(UpdatedAt > other.UpdatedAt) && !(UpdatedAt < other.UpdatedAt);

    /// <summary>Determines whether this rollback gave up a version, if that is from before the rollback.</summary>
    public bool GaveUp(FleetVersion earlier) => !(earlier.UpdatedAt > GivenUp);

    /// <summary>Returns this version as one that replaces another one: with its rollback, giving it up, or with a higher sequence.</summary>
    public FleetVersion Over(FleetVersion earlier)
    {
        var version = WithEpochOf(earlier).GivingUp(earlier);
        return version.Supersedes(earlier) ? version : version with { Sequence = Math.Max(version.Sequence, earlier.Sequence) + 1 };
    }

    /// <summary>Returns this version with the rollback of another one, if that is later.</summary>
    public FleetVersion WithEpochOf(FleetVersion other) => other.Epoch > Epoch ? this with { Epoch = other.Epoch, GivenUp = Later(GivenUp, other.GivenUp) } : this;

    /// <summary>Serializes the version.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Revision} {TextOf(UpdatedAt)} {Epoch} {Sequence} {TextOf(GivenUp)}");

    /// <summary>Reads a serialized version; null if it is none.</summary>
    public static FleetVersion? Parse(string text)
    {
        var parts = text.Split(Separator);
        return parts.Length == 5 && TryRead(parts[1], out var updatedAt) && TryRead(parts[2], out var epoch) && TryRead(parts[3], out var sequence)
            && TryRead(parts[4], out var givenUp) && epoch is not null && sequence is not null
            ? new FleetVersion(parts[0], updatedAt, epoch.Value, sequence.Value, givenUp)
            : null;
    }

    /// <summary>The time by which a later version changed later; zero if the times are not known.</summary>
    public TimeSpan SkewTo(FleetVersion later) =>
        later.UpdatedAt > UpdatedAt ? TimeSpan.FromMicroseconds(later.UpdatedAt.Value - UpdatedAt.Value) : TimeSpan.Zero;

    /// <summary>The latest time of change that a rollback gave up.</summary>
    public DateTimeOffset? GivenUpTime => GivenUp is { } value ? DateTimeOffset.UnixEpoch.AddMicroseconds(value) : null;

    /// <summary>The time of change.</summary>
    public DateTimeOffset? UpdatedTime => UpdatedAt is { } value ? DateTimeOffset.UnixEpoch.AddMicroseconds(value) : null;

    /// <summary>Determines whether two members confirmed the same rollback, each for itself.</summary>
    private bool IsRollbackOf(FleetVersion other) => Epoch > 0 && other.Epoch > 0 && GivenUp == other.GivenUp;

    /// <summary>Returns this rollback as one that gave up another version as well.</summary>
    private FleetVersion GivingUp(FleetVersion other) => Epoch > other.Epoch && other.UpdatedAt > GivenUp ? this with { GivenUp = other.UpdatedAt } : this;

    /// <summary>A rollback replaces what it gave up and what came before, but nothing later.</summary>
    private bool Replaces(FleetVersion earlier) => GaveUp(earlier) || UpdatedAt > earlier.UpdatedAt;

    private static long? Later(long? left, long? right) => left is null || right > left ? right ?? left : left;

    private static long? MicrosecondsOf(DateTimeOffset? time) =>
        time is { } value ? (value.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond : null;

    private static string TextOf(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? None;

    private static bool TryRead(string text, out long? number)
    {
        number = null;
        if (text == None)
        {
            return true;
        }

        var isNumber = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value);
        number = value;
        return isNumber;
    }
}
