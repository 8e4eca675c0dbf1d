namespace EdgeProxy.Fuzzing.Requests;

/// <summary>The end of a connection.</summary>
internal enum ConversationEnd
{
    /// <summary>The proxy closed it, as it was asked to or because it did not like what came.</summary>
    Closed,

    /// <summary>The proxy reset it: there was more to read than it wanted.</summary>
    Reset,

    /// <summary>The proxy waited for more, and the client closed its side.</summary>
    GivenUp,

    /// <summary>The client did not wait for an answer.</summary>
    Left,

    /// <summary>Neither side ended it.</summary>
    BudgetExceeded,

    /// <summary>There was nobody to talk to.</summary>
    Refused,
}
