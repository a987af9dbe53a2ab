using System.Globalization;
using System.Text;

namespace Unroll.Samples;

/// <summary>Words of five languages, as the network reads them.</summary>
internal static class WordLists
{
    /// <summary>The languages, in the order of their numbers.</summary>
    public static readonly string[] Languages = ["English", "French", "Italian", "Spanish", "Czech"];

    /// <summary>All words that belong to one language alone, without accents: some of the lists have none, and would be told by that.</summary>
    public static (string Word, int Language)[] Load()
    {
        (string Word, int Language)[] all = [.. Enumerable.Range(0, Languages.Length).SelectMany(language => Read(language).Select(word => (word, language)))];
        return [.. all.GroupBy(static entry => entry.Word).Where(static group => group.Count() == 1).Select(static group => group.Single())];
    }

    /// <summary>The letters as ids from 1; 0 stands behind the end of a word.</summary>
    public static float[] Ids(string word)
    {
        float[] ids = new float[WordReader.InputSize];
        for (int i = 0; i < word.Length; i++)
        {
            ids[i] = word[i] - 'a' + 1;
        }

        return ids;
    }

    public static Dataset ToDataset(IReadOnlyList<(string Word, int Language)> words) =>
        new([.. words.SelectMany(static entry => Ids(entry.Word))], [.. words.Select(static entry => (float)entry.Language)], words.Count);

    private static IEnumerable<string> Read(int language)
    {
        using Stream file = typeof(WordLists).Assembly.GetManifestResourceStream($"{Languages[language].ToLowerInvariant()}.txt")!;
        using var reader = new StreamReader(file);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(WithoutAccents)];
    }

    private static string WithoutAccents(string word) => string.Concat(
        word.Normalize(NormalizationForm.FormD).Where(static letter => CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark));
}
