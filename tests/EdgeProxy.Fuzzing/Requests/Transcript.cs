namespace EdgeProxy.Fuzzing.Requests;

/// <summary>What came of a case.</summary>
/// <param name="Received">All bytes that came back.</param>
/// <param name="End">How the connection ended.</param>
internal sealed record Transcript(byte[] Received, ConversationEnd End);
