namespace EdgeProxy.Host.Analytics;

/// <summary>The outcome of an entry of a request.</summary>
internal enum EntryOutcome
{
    /// <summary>Counted.</summary>
    Accepted,

    /// <summary>The value is not a JSON integer.</summary>
    NotInteger,

    /// <summary>The value is smaller than 1.</summary>
    NotPositive,

    /// <summary>The name is too long or not text.</summary>
    InvalidName,

    /// <summary>The environment has no such feature.</summary>
    UnknownFeature,

    /// <summary>As many names wait as may before the document is loaded.</summary>
    NoRoom,
}
