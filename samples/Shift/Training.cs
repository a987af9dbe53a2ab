namespace Unroll.Samples;

/// <summary>How the classifiers of the stories are trained and judged.</summary>
internal static class Training
{
    public static DigitClassifier Of(Dataset images, IReadOnlyDictionary<int, float>? classWeight = null)
    {
        var model = new DigitClassifier(seed: 1);
        model.Compile(new Adam(learningRate: 0.003f), new SparseCategoricalCrossentropy(), new Accuracy());
        model.Fit(images, epochs: 30, batchSize: 32, seed: 1, classWeight: classWeight);
        return model;
    }

    public static float AccuracyOf(Model model, Dataset images) => model.Evaluate(images)["accuracy"];

    public static float AccuracyOf(ReadOnlySpan<float> probabilities, Dataset images)
    {
        int right = 0;
        for (int row = 0; row < images.Count; row++)
        {
            ReadOnlySpan<float> answers = probabilities.Slice(row * DigitClassifier.OutputSize, DigitClassifier.OutputSize);
            int answer = 0;
            for (int k = 1; k < answers.Length; k++)
            {
                answer = answers[k] > answers[answer] ? k : answer;
            }

            right += answer == (int)images.TargetOf(row)[0] ? 1 : 0;
        }

        return (float)right / images.Count;
    }
}
