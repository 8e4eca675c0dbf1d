using System.Globalization;
using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration;

/// <summary>A time in seconds, with or without a fraction.</summary>
internal sealed class SecondsForm : TypedForm<TimeSpan>
{
    /// <summary>The maximum: a week.</summary>
    public const double Max = 7 * 24 * 3600;

    /// <param name="zeroAllowed">True if 0 has a meaning.</param>
    public SecondsForm(bool zeroAllowed = false)
    {
        IsZeroAllowed = zeroAllowed;
    }

    /// <summary>Indicates whether 0 is allowed.</summary>
    public bool IsZeroAllowed { get; }

    /// <inheritdoc/>
    public override string Expectation => IsZeroAllowed ? $"seconds, from 0 to {Max}" : $"seconds, more than 0 and at most {Max}";

    /// <inheritdoc/>
    public override TimeSpan Read(SettingNode node, TimeSpan otherwise)
    {
        if (node.IsUnset)
        {
            return otherwise;
        }

        if (double.TryParse(node.Scalar(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            && (seconds > 0 || (IsZeroAllowed && seconds == 0)) && seconds <= Max)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        node.Expected(Expectation);
        return otherwise;
    }

    /// <inheritdoc/>
    public override JsonNode? Write(TimeSpan value)
    {
        var seconds = value.TotalSeconds;
        return seconds == Math.Floor(seconds) ? JsonValue.Create((long)seconds) : JsonValue.Create(seconds);
    }

    /// <inheritdoc/>
    public override JsonObject Schema() => new()
    {
        ["type"] = "number",
        [IsZeroAllowed ? "minimum" : "exclusiveMinimum"] = 0,
        ["maximum"] = (long)Max,
    };
}
