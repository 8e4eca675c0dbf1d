using EdgeProxy.Fuzzing.Responses;

namespace EdgeProxy.Fuzzing.Requests;

/// <summary>Describes the violations in the outcome of a case.</summary>
internal sealed class RequestJudge
{
    private readonly KnownAnswers _known;

    public RequestJudge(KnownAnswers known)
    {
        _known = known;
    }

    /// <summary>The problem; null if there is none.</summary>
    /// <param name="case">The request.</param>
    /// <param name="transcript">The outcome.</param>
    /// <param name="statuses">Counts the answers by their status.</param>
    public string? Judge(RequestCase @case, Transcript transcript, Action<int> statuses)
    {
        switch (transcript.End)
        {
            case ConversationEnd.Left:
                return null;
            case ConversationEnd.Refused:
                return "the proxy takes no connections any more";
            case ConversationEnd.BudgetExceeded:
                return "the proxy neither answered all nor closed the connection";
        }

        try
        {
            var wasCutOff = transcript.End != ConversationEnd.Closed;
            var responses = ResponseParser.ReadAll(transcript.Received, ResponseExpectations.Of(@case.Bytes, wasCutOff));
            foreach (var response in responses)
            {
                ResponseRules.Check(response);
                statuses(response.Status);
            }

            return @case.Known is not null ? JudgeKnown(@case.Known, responses, wasCutOff)
                : @case.Ofrep != OfrepQuestion.None ? JudgeOfrep(@case.Ofrep, responses, wasCutOff)
                : null;
        }
        catch (MalformedResponseException exception)
        {
            return exception.Message;
        }
    }

    private string? JudgeKnown(IReadOnlyList<int> known, List<ParsedResponse> responses, bool wasCutOff)
    {
        if (wasCutOff || responses.Count != known.Count + 1)
        {
            return $"{responses.Count} answers to {known.Count} good requests and a last one{(wasCutOff ? ", and the connection was reset" : "")}";
        }

        for (var i = 0; i < known.Count; i++)
        {
            if (!_known.IsRight(known[i], responses[i]))
            {
                return $"another answer than to the same request alone: {Escaped.Text(responses[i].Raw)}";
            }
        }

        return responses[^1].Status == 200 ? null : $"status {responses[^1].Status} for the last question";
    }

    private static string? JudgeOfrep(OfrepQuestion question, List<ParsedResponse> responses, bool wasCutOff)
    {
        if (wasCutOff || responses.Count != 2)
        {
            return $"{responses.Count} answers to a request of OFREP and a last one{(wasCutOff ? ", and the connection was reset" : "")}";
        }

        OfrepRules.Check(responses[0], question);
        return responses[1].Status == 200 ? null : $"status {responses[1].Status} for the last question";
    }
}
