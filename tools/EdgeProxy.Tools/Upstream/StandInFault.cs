namespace EdgeProxy.Tools.Upstream;

/// <summary>A way in which the stand-in misbehaves.</summary>
internal enum StandInFault
{
    /// <summary>No fault.</summary>
    None,

    /// <summary>Answers 403.</summary>
    Forbidden,

    /// <summary>Answers 500.</summary>
    Error,

    /// <summary>Accepts the request and sends nothing until the client gives up.</summary>
    Hang,

    /// <summary>Answers after two seconds.</summary>
    Slow,

    /// <summary>Answers 200 with text that is not JSON.</summary>
    Garbage,

    /// <summary>Sends half of the body and closes the connection.</summary>
    Truncate,

    /// <summary>Resets the connection without an answer.</summary>
    Reset,
}
