using System.Globalization;

namespace Unroll.Samples;

/// <summary>Next month's sunspot number, for twenty years that no model has seen: a recurrent network beside a linear model and last month's number.</summary>
internal static class Program
{
    private const int Months = 240;

    private static int Main()
    {
        Series series = Series.Load();
        int test = series.Count - Months;
        int validation = test - Months;
        Dataset training = series.WindowsBefore(Series.Window, validation);
        Dataset held = series.WindowsBefore(validation, test);
        Console.WriteLine($"{series.Count} months from 1749 to 1983; trained on {training.Count} of them, the best epoch chosen by the next {Months}, tested on the last {Months}.");
        Console.WriteLine();

        float[] linear = Forecasts(Trained(new LinearForecast(seed: 1), training, held, 1e-3f), series, test);
        var network = new RecurrentForecast(seed: 1);
        float[] recurrent = Forecasts(Trained(network, training, held, 2e-3f), series, test);
        float[] naive = [.. Enumerable.Range(test, Months).Select(month => series[month - 1])];
        float[] streamed = Streamed(network, series, test);

        Console.WriteLine("next month's number                    root mean squared error");
        Write("last month's", naive);
        Write("linear, 96 months", linear);
        Write("GRU(16), 96 months", recurrent);
        Write("GRU(16), as a stream since 1749", streamed);
        ForecastPlot.Save("forecast.svg", series, test, recurrent);
        Console.WriteLine();
        Console.WriteLine("Saved forecast.svg: the months of the test, and what the network expected.");
        return Error(recurrent) < Math.Min(Error(naive), Error(linear)) ? 0 : 1;

        double Error(float[] forecasts) =>
            Math.Sqrt(forecasts.Select((forecast, index) => Math.Pow(forecast - series[test + index], 2)).Average());

        void Write(string name, float[] forecasts) =>
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-36} {Error(forecasts):0.00}"));
    }

    private static Model Trained(Model model, Dataset training, Dataset validation, float learningRate)
    {
        model.Compile(new Adam(learningRate), new MeanSquaredError());
        model.Fit(training, new FitOptions
        {
            Epochs = 60,
            Validation = validation,
            Seed = 1,
            Verbose = false,
            Callbacks = [new EarlyStopping(patience: 12, restoreBestWeights: true)],
        });
        return model;
    }

    private static float[] Forecasts(Model model, Series series, int first)
    {
        float[] changes = model.Predict(series.WindowsBefore(first, series.Count).Features);
        return [.. changes.Select((change, index) => series.NumberAfter(first + index - 1, change))];
    }

    // One step a month, from the first month on: nothing is computed twice.
    private static float[] Streamed(RecurrentForecast network, Series series, int first)
    {
        ModelStream stream = network.CreateStream();
        float[] forecasts = new float[series.Count - first];
        Span<float> change = stackalloc float[1];
        for (int month = 0; month < series.Count - 1; month++)
        {
            stream.Step([series.ScaledAt(month)], change);
            if (month + 1 >= first)
            {
                forecasts[month + 1 - first] = series.NumberAfter(month, change[0]);
            }
        }

        return forecasts;
    }
}
