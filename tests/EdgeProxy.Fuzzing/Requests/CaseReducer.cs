using EdgeProxy.Fuzzing.Mutations;

namespace EdgeProxy.Fuzzing.Requests;

/// <summary>Leaves out of a case what it does not need to go wrong.</summary>
internal static class CaseReducer
{
    private const int MaxAttempts = 400;

    /// <summary>Reduces it.</summary>
    /// <param name="bytes">The failing bytes.</param>
    /// <param name="goesWrong">True if other bytes still do.</param>
    public static async Task<byte[]> ReduceAsync(byte[] bytes, Func<byte[], Task<bool>> goesWrong)
    {
        var attempts = 0;
        for (var length = Math.Max(1, bytes.Length / 2); attempts < MaxAttempts; length /= 2)
        {
            for (var at = 0; at < bytes.Length && attempts < MaxAttempts; attempts++)
            {
                var less = ByteMutator.Replace(bytes, at, Math.Min(length, bytes.Length - at), []);
                if (await goesWrong(less))
                {
                    bytes = less;
                }
                else
                {
                    at += length;
                }
            }

            if (length == 1)
            {
                break;
            }
        }

        return bytes;
    }
}
