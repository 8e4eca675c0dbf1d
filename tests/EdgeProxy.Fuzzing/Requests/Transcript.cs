namespace EdgeProxy.Fuzzing.Requests;

/// <summary>The responses to a case.</summary>
/// <param name="Received">All bytes that came back.</param>
/// <param name="End">The end of the connection.</param>
internal sealed record Transcript(byte[] Received, ConversationEnd End);
