using System.Globalization;

namespace Unroll.Samples;

/// <summary>Which language a word is of, told from its letters alone, for words that the network has not seen.</summary>
internal static class Program
{
    private const int Held = 1_500;

    private static int Main()
    {
        (string Word, int Language)[] words = WordLists.Load();
        new Random(1).Shuffle(words);
        Dataset test = WordLists.ToDataset(words[..Held]);
        Dataset validation = WordLists.ToDataset(words[Held..(2 * Held)]);
        Dataset training = WordLists.ToDataset(words[(2 * Held)..]);
        Console.WriteLine($"{words.Length} words of {string.Join(", ", WordLists.Languages)}; trained on {training.Count}, the best epoch chosen by {Held} others, tested on {Held} more.");
        Console.WriteLine();

        double counted = Accuracy(new LetterCounter(seed: 1));
        var network = new WordReader(seed: 1);
        double accuracy = Accuracy(network);
        WriteCounts(words[..Held], network.Predict(test.Features));
        foreach (string word in (string[])["quickly", "fromage", "zucchero", "cuchillo", "dvojice"])
        {
            float[] shares = network.Predict(WordLists.Ids(word));
            int best = Best(shares);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {word,-10} {WordLists.Languages[best]}, {shares[best]:0 %}"));
        }

        LetterPlot.Save("words.svg", [.. network.Parameters["letters/embeddings"].ToArray().Chunk(16).Skip(1)]);
        Console.WriteLine();
        Console.WriteLine("Saved words.svg: the letters, near each other where the network reads them alike.");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"test accuracy, letters counted: {counted:0.000}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"test accuracy: {accuracy:0.000}"));
        return accuracy > counted ? 0 : 1;

        double Accuracy(Model model)
        {
            model.Compile(new Adam(2e-3f), new SparseCategoricalCrossentropy(), new Accuracy());
            model.Fit(training, new FitOptions
            {
                Epochs = 60,
                BatchSize = 32,
                Validation = validation,
                Seed = 1,
                Verbose = false,
                Callbacks = [new EarlyStopping(patience: 8, restoreBestWeights: true)],
            });
            return model.Evaluate(test)["accuracy"];
        }
    }

    private static int Best(ReadOnlySpan<float> shares)
    {
        int best = 0;
        for (int i = 1; i < shares.Length; i++)
        {
            best = shares[i] > shares[best] ? i : best;
        }

        return best;
    }

    private static void WriteCounts(IReadOnlyList<(string Word, int Language)> words, float[] shares)
    {
        int count = WordLists.Languages.Length;
        int[,] counts = new int[count, count];
        for (int i = 0; i < words.Count; i++)
        {
            counts[words[i].Language, Best(shares.AsSpan(i * count, count))]++;
        }

        Console.WriteLine($"  taken for  {string.Concat(WordLists.Languages.Select(static name => $"{name,11}"))}");
        for (int language = 0; language < count; language++)
        {
            Console.WriteLine($"  {WordLists.Languages[language],-11}{string.Concat(Enumerable.Range(0, count).Select(taken => $"{counts[language, taken],11}"))}");
        }

        Console.WriteLine();
    }
}
