using System.Collections.Concurrent;
using Unroll.Generator.Emission.Kernels;
using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission;

/// <summary>
/// The texts of kernels written before. While a network is edited nearly all of its kernels stay what they were, and writing them is nearly
/// all the work: a plan being a value, its text can be kept.
/// </summary>
internal static class KernelTexts
{
    // About 64 MB. A network of 50 different layers has some 2 million characters.
    private const int MostCharacters = 32_000_000;

    private static readonly ConcurrentDictionary<Key, string> s_texts = new();
    private static int s_characters;

    /// <param name="plan">The kernel.</param>
    /// <param name="target">The machine it is for.</param>
    /// <param name="name">The method.</param>
    /// <param name="depth">The depth it stands at.</param>
    public static string Of(KernelPlan plan, SimdTarget target, string name, int depth)
    {
        var key = new Key(plan, target.Machine.Name, name, depth);
        if (s_texts.TryGetValue(key, out string? text))
        {
            return text;
        }

        var writer = new CodeWriter(depth);
        KernelEmitter.For(plan).Write(writer, target, name);
        text = writer.ToString();
        if (Interlocked.Add(ref s_characters, text.Length) > MostCharacters)
        {
            s_texts.Clear();
            s_characters = text.Length;
        }

        s_texts[key] = text;
        return text;
    }

    private sealed record Key(KernelPlan Plan, string Machine, string Name, int Depth);
}
